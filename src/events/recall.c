/* "Ankara has denied the accusations" does not say whose they were, but the story has: the last
 * accusation against Ankara. Likewise "would not hesitate to provide support" answers the last
 * request to the same side. Only the few sentences before count. */
#include "events/recall.h"

#include <string.h>

enum { DENIAL_REACH = 8, PROMISE_REACH = 3 };

static bool shares_country(const dgm_document *doc, uint32_t a, uint32_t b)
{
    const dgm_entity *x = &doc->entities.at[a], *y = &doc->entities.at[b];
    return a == b || (x->country[0] && strcmp(x->country, y->country) == 0);
}

/* Whether some actor of `later` was a recipient of `earlier`. */
static bool answers(const dgm_document *doc, const dgm_event *later, const dgm_event *earlier)
{
    for (uint32_t i = 0; i < later->actors.n; i++)
        for (uint32_t j = 0; j < earlier->recipients.n; j++)
            if (shares_country(doc, later->actors.at[i].entity, earlier->recipients.at[j].entity))
                return true;
    return false;
}

static bool has_code(const dgm_event *event, const char *beginning)
{
    return strncmp(event->cameo, beginning, strlen(beginning)) == 0;
}

static bool recall(dgm_document *doc, uint32_t i_event, dgm_event_type type, uint32_t reach)
{
    for (uint32_t i = i_event; i-- > 0;) {
        dgm_event *later = &doc->events.at[i_event];
        const dgm_event *earlier = &doc->events.at[i];
        if (earlier->trigger.sentence + reach < later->trigger.sentence)
            return true;
        if (earlier->type != type || earlier->actors.n == 0 || !answers(doc, later, earlier))
            continue;
        for (uint32_t j = 0; j < earlier->actors.n; j++) {
            dgm_participant *p = dgm_push(doc->arena, &later->recipients);
            if (!p)
                return false;
            *p = earlier->actors.at[j];
        }
        dgm_note(doc, "events", later->trigger.sentence, i_event,
                 "the recipient is known from sentence %u", earlier->trigger.sentence);
        return true;
    }
    return true;
}

bool dgm_recall_recipients(dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *event = &doc->events.at[i];
        if (event->recipients.n > 0 || event->actors.n == 0)
            continue;
        bool denial = event->type == DGM_REJECT && has_code(event, "016");
        bool promise = (event->type == DGM_AGREE && has_code(event, "033")) ||
                       (event->type == DGM_AID && has_code(event, "07"));
        if (denial && !recall(doc, i, DGM_ACCUSE, DENIAL_REACH))
            return false;
        if (promise && !recall(doc, i, DGM_REQUEST, PROMISE_REACH))
            return false;
    }
    return true;
}
