/* GeoJSON (RFC 7946): a FeatureCollection of events, each a feature whose geometry is where it
 * happened: a point, several, or null. */
#include "output/writers.h"

#include <math.h>

static void write_header(const dgm_output_options *options, dgm_buffer *out)
{
    (void)options;
    dgm_buffer_put(out, DGM_VIEW("{\"type\":\"FeatureCollection\",\"features\":["));
}

static void write_footer(const dgm_output_options *options, dgm_buffer *out)
{
    (void)options;
    dgm_buffer_put(out, DGM_VIEW("\n]}\n"));
}

/* Longitude first, as the standard has it. */
static void put_geometry(dgm_buffer *out, const dgm_record *r)
{
    uint32_t n = 0, seen = 0;
    for (uint32_t i = 0; i < r->locations.n; i++)
        n += !isnan(r->locations.at[i].lat) && !isnan(r->locations.at[i].lon);
    dgm_json_key(out, "geometry");
    if (n == 0) {
        dgm_buffer_put(out, DGM_VIEW("null"));
        return;
    }
    dgm_buffer_printf(out, "{\"type\":\"%s\",\"coordinates\":%s", n > 1 ? "MultiPoint" : "Point",
                      n > 1 ? "[" : "");
    for (uint32_t i = 0; i < r->locations.n; i++) {
        const dgm_record_place *place = &r->locations.at[i];
        if (isnan(place->lat) || isnan(place->lon))
            continue;
        dgm_buffer_put(out, seen++ ? DGM_VIEW(",[") : DGM_VIEW("["));
        dgm_buffer_number(out, place->lon);
        dgm_buffer_put(out, DGM_VIEW(","));
        dgm_buffer_number(out, place->lat);
        dgm_buffer_put(out, DGM_VIEW("]"));
    }
    dgm_buffer_put(out, n > 1 ? DGM_VIEW("]}") : DGM_VIEW("}"));
}

static void put_codes(dgm_buffer *out, const char *name, const dgm_record_actor *at, uint32_t n)
{
    dgm_json_key(out, name);
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_json_string(at[i].code.n > 0 ? at[i].code : at[i].words.text, out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static void write_record(const dgm_output_options *options, const dgm_record *r, dgm_buffer *out)
{
    (void)options;
    dgm_buffer_put(out, DGM_VIEW(",\n{\"type\":\"Feature\""));
    dgm_json_text(out, "id", r->event_id);
    put_geometry(out, r);
    dgm_json_key(out, "properties");
    dgm_buffer_put(out, DGM_VIEW("{"));
    dgm_json_text(out, "event_date", r->event_date);
    dgm_json_text(out, "event_type", r->type);
    dgm_json_text(out, "event_mode", r->mode);
    dgm_json_text(out, "cameo", r->cameo);
    dgm_json_key(out, "quad");
    dgm_buffer_printf(out, "%u", r->quad);
    dgm_json_number(out, "goldstein", r->goldstein);
    dgm_json_number(out, "intensity", r->intensity);
    put_codes(out, "actors", r->actors.at, r->actors.n);
    put_codes(out, "recipients", r->recipients.at, r->recipients.n);
    dgm_json_text(out, "polarity", dgm_view_of(dgm_polarity_name(r->polarity)));
    dgm_json_text(out, "status", dgm_view_of(dgm_factual_status_name(r->status)));
    dgm_json_key(out, "historical");
    dgm_buffer_put(out, r->historical ? DGM_VIEW("true") : DGM_VIEW("false"));
    if (r->locations.n > 0) {
        dgm_json_text(out, "place", r->locations.at[0].name);
        dgm_json_text(out, "country", r->locations.at[0].country);
        dgm_json_text(out, "precision", r->locations.at[0].precision);
        dgm_json_text(out, "basis", r->locations.at[0].basis);
    }
    dgm_json_text(out, "text", r->text);
    dgm_json_text(out, "story_id", r->story_id);
    dgm_json_text(out, "story_url", r->story_url);
    dgm_buffer_put(out, DGM_VIEW("}}"));
}

/* A feature brings the comma before it, which the first one does not need. */
const dgm_output_kind dgm_kind_of_geojson = {
    .begins_with_comma = true,
    .header = write_header,
    .record = write_record,
    .footer = write_footer,
};
