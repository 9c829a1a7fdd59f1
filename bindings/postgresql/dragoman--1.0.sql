-- The functions of docs/sql.md. The columns are those of bindings/sql/columns.c, in their order.
\echo Use "CREATE EXTENSION dragoman" to load this file. \quit

-- Stable and not immutable: another value of dragoman.tables gives other events.

CREATE FUNCTION dragoman_code(
    story_text text, story_date date, story_id text DEFAULT NULL, story_source text DEFAULT NULL)
RETURNS TABLE (
    event_id text,
    sentence integer,
    text text,
    event_date date,
    event_date_end date,
    date_basis text,
    event_type text,
    event_mode text,
    contexts text[],
    cameo text,
    quad integer,
    goldstein double precision,
    intensity double precision,
    actor_codes text[],
    actor_countries text[],
    actor_sectors text[],
    actor_names text[],
    actor_words text[],
    recipient_codes text[],
    recipient_countries text[],
    recipient_sectors text[],
    recipient_names text[],
    recipient_words text[],
    polarity text,
    status text,
    historical boolean,
    condition text,
    condition_event_id text,
    speaker_codes text[],
    speaker_words text[],
    attribution_cues text[],
    attribution_kinds text[],
    content_of text,
    contradicts text[],
    location_names text[],
    location_countries text[],
    location_points text[],
    location_precisions text[],
    location_bases text[],
    dead_min double precision,
    dead_max double precision,
    injured_min double precision,
    injured_max double precision,
    arrested_min double precision,
    arrested_max double precision,
    abducted_min double precision,
    abducted_max double precision,
    displaced_min double precision,
    displaced_max double precision,
    participants_min double precision,
    participants_max double precision,
    money_min double precision,
    money_max double precision,
    money_currency text,
    trigger text,
    trigger_begin integer,
    trigger_end integer,
    trigger_begin_byte integer,
    trigger_end_byte integer,
    rule text,
    confidence double precision,
    record jsonb)
AS 'MODULE_PATHNAME', 'dragoman_sql_code'
LANGUAGE C STABLE PARALLEL SAFE COST 20000 ROWS 10;

CREATE FUNCTION dragoman_quotes(
    story_text text, story_date date, story_id text DEFAULT NULL, story_source text DEFAULT NULL)
RETURNS TABLE (
    sentence integer,
    kind text,
    direct text,
    source text,
    speaker_code text,
    speaker_name text,
    cue text,
    content text,
    source_begin integer,
    source_end integer,
    cue_begin integer,
    cue_end integer,
    content_begin integer,
    content_end integer,
    record jsonb)
AS 'MODULE_PATHNAME', 'dragoman_sql_quotes'
LANGUAGE C STABLE PARALLEL SAFE COST 20000 ROWS 10;

CREATE FUNCTION dragoman_events_json(
    story_text text, story_date date, story_id text DEFAULT NULL, story_source text DEFAULT NULL)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'dragoman_sql_events_json'
LANGUAGE C STABLE PARALLEL SAFE COST 20000;

CREATE FUNCTION dragoman_explain(story_text text, story_date date DEFAULT NULL)
RETURNS text
AS 'MODULE_PATHNAME', 'dragoman_sql_explain'
LANGUAGE C STABLE PARALLEL SAFE COST 20000;

CREATE FUNCTION dragoman_version()
RETURNS text
AS 'MODULE_PATHNAME', 'dragoman_sql_version'
LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION dragoman_code IS 'the events that a story of this day tells, a row each';
COMMENT ON FUNCTION dragoman_quotes IS 'who is reported in a story to have said what, a row each';
COMMENT ON FUNCTION dragoman_events_json IS 'the events of a story as an array of JSON objects';
COMMENT ON FUNCTION dragoman_explain IS 'why a story is coded as it is, for a person';
COMMENT ON FUNCTION dragoman_version IS 'the version of the library';
