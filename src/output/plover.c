/* PLOVER's own JSON, one object a line, with the fields of the 2021 manual. Compound actors stay
 * lists. What is not known is left out. */
#include "output/writers.h"

/* Above states and in them alike: the country slot is the entity's code. */
static void put_entities(dgm_buffer *out, const char *name, const dgm_record_actor *at, uint32_t n)
{
    if (n == 0)
        return;
    dgm_json_key(out, name);
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",{") : DGM_VIEW("{"));
        dgm_json_text(out, "code", at[i].country);
        if (at[i].sector.n > 0) {
            dgm_json_key(out, "sector");
            dgm_buffer_put(out, DGM_VIEW("["));
            dgm_json_string(at[i].sector, out);
            for (uint32_t k = 0; k < at[i].other_sectors.n; k++) {
                dgm_buffer_put(out, DGM_VIEW(","));
                dgm_json_string(at[i].other_sectors.at[k], out);
            }
            dgm_buffer_put(out, DGM_VIEW("]"));
        }
        dgm_json_text(out, "entity_text", at[i].words.text);
        dgm_json_text(out, "identifier_id", at[i].id);
        dgm_json_text(out, "identifier_text", at[i].name);
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_places(dgm_buffer *out, const dgm_record *r)
{
    if (r->locations.n == 0)
        return;
    dgm_json_key(out, "event_loc");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < r->locations.n; i++) {
        const dgm_record_place *place = &r->locations.at[i];
        dgm_buffer_put(out, i ? DGM_VIEW(",{") : DGM_VIEW("{"));
        dgm_json_text(out, "extracted_place", place->words.text);
        dgm_json_text(out, "resolved_place", place->name);
        if (place->geonames_id > 0) {
            dgm_json_key(out, "geonameid");
            dgm_buffer_printf(out, "%u", place->geonames_id);
        }
        dgm_json_number(out, "lat", place->lat);
        dgm_json_number(out, "lon", place->lon);
        dgm_json_text(out, "province", place->admin1);
        dgm_json_text(out, "country_code", place->country);
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

/* The manual's auxiliary modes, which say that something did not plainly happen. */
static void put_modes(dgm_buffer *out, const dgm_record *r)
{
    const char *const modes[] = {
        r->polarity == DGM_NEGATED ? "negation" : NULL,
        r->historical ? "historical" : NULL,
        r->status == DGM_INTENDED ? "future" : NULL,
        r->status != DGM_ACTUAL && r->status != DGM_INTENDED ? "hypothetical" : NULL,
    };
    dgm_json_key(out, "mode");
    dgm_buffer_put(out, DGM_VIEW("["));
    const char *separator = "";
    if (r->mode.n > 0) {
        dgm_json_string(r->mode, out);
        separator = ",";
    }
    for (size_t i = 0; i < DGM_LEN(modes); i++) {
        if (!modes[i])
            continue;
        dgm_buffer_printf(out, "%s\"%s\"", separator, modes[i]);
        separator = ",";
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void put_text_info(dgm_buffer *out, const dgm_record *r)
{
    dgm_json_key(out, "text_info");
    dgm_buffer_printf(out, "{\"sequence\":%u,\"start\":%u,\"end\":%u}", r->sentence + 1,
                      r->trigger.begin, r->trigger.end);
}

static void put_citation(dgm_buffer *out, const dgm_record *r)
{
    dgm_json_open(out, "cite_info", '{');
    dgm_json_text(out, "citation", r->story_id);
    dgm_json_text(out, "url", r->story_url);
    dgm_json_text(out, "title", r->story_title);
    dgm_json_text(out, "publication", r->story_source);
    dgm_json_text(out, "language", DGM_VIEW("en"));
    dgm_json_text(out, "codebook", DGM_VIEW("PLOVER 2021"));
    dgm_buffer_put(out, DGM_VIEW("}"));
}

static void write_record(const dgm_output_options *options, const dgm_record *r, dgm_buffer *out)
{
    (void)options;
    dgm_buffer_put(out, DGM_VIEW("{"));
    dgm_json_text(out, "id", r->event_id);
    dgm_json_key(out, "has_event");
    dgm_buffer_put(out, DGM_VIEW("true"));
    dgm_json_text(out, "date", r->event_date);
    dgm_json_text(out, "enddate", r->event_date_end);
    put_entities(out, "actor", r->actors.at, r->actors.n);
    put_entities(out, "recipient", r->recipients.at, r->recipients.n);
    dgm_json_key(out, "event");
    dgm_buffer_printf(out, "[\"%.*s\"]", DGM_FMT(r->type));
    put_modes(out, r);
    if (r->contexts.n > 0) {
        dgm_json_key(out, "context");
        dgm_buffer_put(out, DGM_VIEW("["));
        for (uint32_t i = 0; i < r->contexts.n; i++) {
            dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
            dgm_json_string(r->contexts.at[i], out);
        }
        dgm_buffer_put(out, DGM_VIEW("]"));
    }
    put_places(out, r);
    dgm_json_sizes(r, out);
    dgm_json_text(out, "event_text", r->trigger.text);
    dgm_json_key(out, "quad_code");
    dgm_buffer_printf(out, "%u", r->quad);
    dgm_json_number(out, "event_scale", r->intensity);
    dgm_json_text(out, "link", r->content_of);
    dgm_json_text(out, "text", r->text);
    put_text_info(out, r);
    put_citation(out, r);
    dgm_json_text(out, "coder", DGM_VIEW("dragoman " DGM_VERSION));
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}

const dgm_output_kind dgm_kind_of_plover = { .record = write_record };
