/* Places and times of a story, whether an event uses them or not: docs/formats/places.md, times.md.
 * Offsets count from the story's own text. */
#include "output/text.h"

#include <math.h>

static void open_story(const dgm_document *doc, const char *list, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{\"id\":"));
    dgm_json_string(doc->id, out);
    dgm_buffer_printf(out, ",\"%s\":[", list);
}

static void open_words(const dgm_document *doc, const dgm_span *span, uint32_t i, dgm_buffer *out)
{
    dgm_buffer_put(out, i ? DGM_VIEW(",{\"text\":") : DGM_VIEW("{\"text\":"));
    dgm_json_string(dgm_span_text(doc, *span), out);
    dgm_buffer_printf(out, ",\"begin\":%u,\"end\":%u", span->begin - doc->begin,
                      span->end - doc->begin);
}

static void put_coordinate(dgm_buffer *out, const char *name, double degrees)
{
    dgm_buffer_printf(out, ",\"%s\":", name);
    if (isnan(degrees))
        dgm_buffer_put(out, DGM_VIEW("null"));
    else
        dgm_buffer_number(out, degrees);
}

void dgm_write_places(const dgm_document *doc, dgm_buffer *out)
{
    open_story(doc, "places", out);
    for (uint32_t i = 0; i < doc->places.n; i++) {
        const dgm_place *place = &doc->places.at[i];
        open_words(doc, &place->span, i, out);
        dgm_json_text_or_null(out, "name", place->name);
        dgm_json_text_or_null(out, "country", dgm_view_of(place->country));
        dgm_json_text_or_null(out, "admin1", place->admin1);
        put_coordinate(out, "lat", place->lat);
        put_coordinate(out, "lon", place->lon);
        if (place->geonames_id)
            dgm_buffer_printf(out, ",\"geonames_id\":%u", place->geonames_id);
        else
            dgm_buffer_put(out, DGM_VIEW(",\"geonames_id\":null"));
        dgm_json_text_or_null(out, "precision",
                              dgm_view_of(dgm_place_precision_name(place->precision)));
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    dgm_buffer_put(out, DGM_VIEW("]}\n"));
}

void dgm_write_times(const dgm_document *doc, dgm_buffer *out)
{
    open_story(doc, "times", out);
    for (uint32_t i = 0; i < doc->times.n; i++) {
        const dgm_time *time = &doc->times.at[i];
        open_words(doc, &time->words, i, out);
        dgm_buffer_printf(out, ",\"kind\":\"%s\",\"value\":\"%s\"", dgm_timex_kind_name(time->kind),
                          time->value);
        if (time->from[0])
            dgm_buffer_printf(out, ",\"from\":\"%s\",\"to\":\"%s\"", time->from, time->to);
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    dgm_buffer_put(out, DGM_VIEW("]}\n"));
}
