/* The native format: one JSON object an event, keys always in the same order. docs/formats/
 * events.md describes every one. */
#include "output/writers.h"

#include <math.h>

static void key(dgm_buffer *out, const char *name)
{
    dgm_buffer_printf(out, ",\"%s\":", name);
}

static void number_member(dgm_buffer *out, const char *name, double value)
{
    key(out, name);
    if (isnan(value))
        dgm_buffer_put(out, DGM_VIEW("null"));
    else
        dgm_buffer_number(out, value);
}

/* ---- the record ----------------------------------------------------------------------------- */

static void open_list(dgm_buffer *out, const char *name)
{
    key(out, name);
    dgm_buffer_put(out, DGM_VIEW("["));
}

static void separate(dgm_buffer *out, uint32_t i)
{
    if (i > 0)
        dgm_buffer_put(out, DGM_VIEW(","));
}

static void put_names(const char *name, const dgm_view *at, uint32_t n, dgm_buffer *out)
{
    open_list(out, name);
    for (uint32_t i = 0; i < n; i++) {
        separate(out, i);
        dgm_json_string(at[i], out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_words(const dgm_record_words *words, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{\"text\":"));
    if (words->text.n > 0 || words->end == words->begin)
        dgm_json_string(words->text, out);
    else
        dgm_buffer_put(out, DGM_VIEW("null")); /* left out */
    dgm_buffer_printf(out, ",\"begin\":%u,\"end\":%u", words->begin, words->end);
}

static void put_words_and_bytes(const dgm_record_words *words, dgm_buffer *out)
{
    put_words(words, out);
    dgm_buffer_printf(out, ",\"begin_byte\":%u,\"end_byte\":%u", words->begin_byte,
                      words->end_byte);
}

static void put_actor(const dgm_record_actor *actor, dgm_buffer *out)
{
    put_words_and_bytes(&actor->words, out);
    dgm_json_text_or_null(out, "code", actor->code);
    dgm_json_text_or_null(out, "country", actor->country);
    dgm_json_text_or_null(out, "sector", actor->sector);
    put_names("other_sectors", actor->other_sectors.at, actor->other_sectors.n, out);
    dgm_json_text_or_null(out, "name", actor->name);
    dgm_json_text_or_null(out, "id", actor->id);
    dgm_json_text_or_null(out, "via", actor->via);
    dgm_buffer_put(out, DGM_VIEW("}"));
}

void dgm_json_speaker(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out)
{
    dgm_record_voice voice = { 0 };
    if (!dgm_record_voice_of(doc, a, &voice))
        out->failed = true;
    if (voice.has_speaker)
        put_actor(&voice.speaker, out);
    else
        dgm_buffer_put(out, DGM_VIEW("null"));
}

static void put_actors(const char *name, const dgm_record_actor *at, uint32_t n, dgm_buffer *out)
{
    open_list(out, name);
    for (uint32_t i = 0; i < n; i++) {
        separate(out, i);
        put_actor(&at[i], out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_condition(const dgm_record *r, dgm_buffer *out)
{
    key(out, "condition");
    if (r->condition.text.n == 0 && r->condition.end == 0) {
        dgm_buffer_put(out, DGM_VIEW("null"));
        return;
    }
    put_words(&r->condition, out);
    dgm_json_text_or_null(out, "event_id", r->condition_event);
    dgm_buffer_put(out, DGM_VIEW("}"));
}

static void put_voice(const dgm_record_voice *voice, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{\"speaker\":"));
    if (voice->has_speaker)
        put_actor(&voice->speaker, out);
    else
        dgm_buffer_put(out, DGM_VIEW("null"));
    dgm_json_text_or_null(out, "cue", voice->cue.text);
    dgm_buffer_printf(out, ",\"begin\":%u,\"end\":%u,\"kind\":\"%s\"}", voice->cue.begin,
                      voice->cue.end, dgm_attribution_kind_name(voice->kind));
}

static void put_place(const dgm_record_place *place, dgm_buffer *out)
{
    put_words(&place->words, out);
    dgm_json_text_or_null(out, "name", place->name);
    dgm_json_text_or_null(out, "country", place->country);
    dgm_json_text_or_null(out, "admin1", place->admin1);
    number_member(out, "lat", place->lat);
    number_member(out, "lon", place->lon);
    key(out, "geonames_id");
    if (place->geonames_id)
        dgm_buffer_printf(out, "%u", place->geonames_id);
    else
        dgm_buffer_put(out, DGM_VIEW("null"));
    dgm_json_text_or_null(out, "precision", place->precision);
    dgm_json_text_or_null(out, "basis", place->basis);
    dgm_buffer_put(out, DGM_VIEW("}"));
}

/* Nothing where no number is told. */
void dgm_json_sizes(const dgm_record *r, dgm_buffer *out)
{
    bool some = false;
    for (int i = 0; i < DGM_N_SIZES; i++) {
        const dgm_record_size *size = &r->sizes[i];
        if (!size->told)
            continue;
        dgm_buffer_put(out, some ? DGM_VIEW(",") : DGM_VIEW(",\"size\":{"));
        some = true;
        dgm_buffer_printf(out, "\"%s\":{\"min\":", dgm_size_name((dgm_size_kind)i));
        dgm_buffer_number(out, size->min);
        number_member(out, "max", size->max);
        dgm_buffer_put(out, DGM_VIEW(",\"text\":"));
        if (size->words.text.n > 0)
            dgm_json_string(size->words.text, out);
        else
            dgm_buffer_put(out, DGM_VIEW("null")); /* left out */
        dgm_buffer_printf(out, ",\"begin\":%u,\"end\":%u", size->words.begin, size->words.end);
        if (size->currency.n > 0)
            dgm_json_text_or_null(out, "currency", size->currency);
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    dgm_buffer_put(out, some ? DGM_VIEW("}") : DGM_VIEW(""));
}

static void put_voices_and_places(const dgm_record *r, dgm_buffer *out)
{
    open_list(out, "attribution");
    for (uint32_t i = 0; i < r->voices.n; i++) {
        separate(out, i);
        put_voice(&r->voices.at[i], out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
    dgm_json_text_or_null(out, "content_of", r->content_of);
    put_names("contradicts", r->contradicts.at, r->contradicts.n, out);
    open_list(out, "locations");
    for (uint32_t i = 0; i < r->locations.n; i++) {
        separate(out, i);
        put_place(&r->locations.at[i], out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
    dgm_json_sizes(r, out);
}

static void put_story(const dgm_record *r, dgm_buffer *out)
{
    dgm_buffer_printf(out, "{\"event_id\":\"%.*s\"", DGM_FMT(r->event_id));
    dgm_json_text_or_null(out, "story_id", r->story_id);
    dgm_json_text_or_null(out, "story_date", r->story_date);
    dgm_json_text_or_null(out, "story_title", r->story_title);
    dgm_json_text_or_null(out, "story_source", r->story_source);
    dgm_json_text_or_null(out, "story_url", r->story_url);
    dgm_buffer_printf(out, ",\"sentence\":%u", r->sentence);
    dgm_json_text_or_null(out, "text", r->text);
    if (r->text_hash[0])
        dgm_json_text_or_null(out, "text_hash", dgm_view_of(r->text_hash));
}

static void put_what(const dgm_record *r, dgm_buffer *out)
{
    dgm_json_text_or_null(out, "event_date", r->event_date);
    dgm_json_text_or_null(out, "event_date_end", r->event_date_end);
    dgm_json_text_or_null(out, "date_basis", r->date_basis);
    dgm_json_text_or_null(out, "event_type", r->type);
    dgm_json_text_or_null(out, "event_mode", r->mode);
    put_names("contexts", r->contexts.at, r->contexts.n, out);
    dgm_json_text_or_null(out, "cameo", r->cameo);
    dgm_buffer_printf(out, ",\"quad\":%u", r->quad);
    number_member(out, "goldstein", r->goldstein);
    number_member(out, "intensity", r->intensity);
}

void dgm_write_jsonl(const dgm_record *r, dgm_buffer *out)
{
    put_story(r, out);
    put_what(r, out);
    put_actors("actors", r->actors.at, r->actors.n, out);
    put_actors("recipients", r->recipients.at, r->recipients.n, out);
    dgm_buffer_printf(out, ",\"polarity\":\"%s\",\"status\":\"%s\",\"historical\":%s",
                      dgm_polarity_name(r->polarity), dgm_factual_status_name(r->status),
                      r->historical ? "true" : "false");
    put_condition(r, out);
    put_voices_and_places(r, out);
    key(out, "trigger");
    put_words_and_bytes(&r->trigger, out);
    dgm_buffer_put(out, DGM_VIEW("}"));
    dgm_json_text_or_null(out, "rule", r->rule);
    if (!isnan(r->judge)) {
        dgm_buffer_printf(out, ",\"judge\":{\"score\":%.2f", r->judge);
        dgm_json_text_or_null(out, "rule_type", r->rule_type);
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    if (!isnan(r->confidence))
        number_member(out, "confidence", r->confidence);
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}

static void write_record(const dgm_output_options *options, const dgm_record *record,
                         dgm_buffer *out)
{
    (void)options;
    dgm_write_jsonl(record, out);
}

const dgm_output_kind dgm_kind_of_jsonl = { .record = write_record };
