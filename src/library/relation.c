/* What one marked side of a sentence does to the other, as a line of JSON. */
#include "library/relation.h"

#include "output/text.h"

#include <math.h>

/* An event's columns, or as many nulls. */
static void put_event(const dgm_document *doc, const dgm_event *event, dgm_buffer *out)
{
    dgm_json_text_or_null(out, "cameo", dgm_view_of(event ? event->cameo : NULL));
    dgm_json_text_or_null(out, "polarity",
                          dgm_view_of(event ? dgm_polarity_name(event->polarity) : NULL));
    dgm_json_text_or_null(out, "status",
                          dgm_view_of(event ? dgm_factual_status_name(event->status) : NULL));
    dgm_json_text_or_null(out, "trigger",
                          event ? dgm_span_text(doc, event->trigger) : dgm_view_of(NULL));
}

void dgm_write_relation(const dgm_document *doc, const dgm_relation *relation, bool judged,
                        uint64_t row, dgm_buffer *out)
{
    const dgm_event *event = relation->event == DGM_NONE ? NULL : &doc->events.at[relation->event];
    dgm_buffer_printf(out, "{\"row\":%llu", (unsigned long long)row);
    dgm_json_text_or_null(out, "event_type", dgm_view_of(relation->type));
    put_event(doc, event, out);
    if (judged) {
        dgm_json_text_or_null(out, "rule_type", dgm_view_of(relation->rule_type));
        dgm_buffer_printf(out, ",\"likelihood\":%.2f", relation->likelihood);
    }
    if (event && !isnan(event->confidence))
        dgm_buffer_printf(out, ",\"confidence\":%.3f", event->confidence);
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}
