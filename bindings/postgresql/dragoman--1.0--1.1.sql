-- 1.1: whether a quote is direct is a boolean, and no longer text.
\echo Use "ALTER EXTENSION dragoman UPDATE" to load this file. \quit

DROP FUNCTION dragoman_quotes(text, date, text, text);

CREATE FUNCTION dragoman_quotes(
    story_text text, story_date date, story_id text DEFAULT NULL, story_source text DEFAULT NULL)
RETURNS TABLE (
    sentence integer,
    kind text,
    direct boolean,
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
