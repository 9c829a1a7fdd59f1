/* States: a polarity and a status, and how they combine. */
#include "claims/walk.h"

uint8_t status_combined(uint8_t a, uint8_t b)
{
    static const uint8_t rank[] = {
        [DGM_ACTUAL] = 0,   [DGM_INTENDED] = 1,    [DGM_REQUESTED] = 2,
        [DGM_POSSIBLE] = 3, [DGM_CONDITIONAL] = 4, [DGM_HYPOTHETICAL] = 5
    };
    return rank[b] > rank[a] ? b : a;
}

state state_applied(state above, effect e)
{
    state out = above;
    switch (e.sign) {
    case SIGN_FACT:
        return (state) { false, e.status, DGM_NONE };
    case SIGN_UNKNOWN:
        out.negated = false;
        out.status = status_combined(above.status, DGM_HYPOTHETICAL);
        return out;
    default:
        out.negated = e.sign == SIGN_NO;
        out.status = status_combined(above.status, e.status);
        return out;
    }
}

state state_affirmed(state st)
{
    return (state) { false, st.status, st.condition };
}

void walk_note(const walk *k, const char *what, uint32_t word, const char *file, uint32_t line)
{
    dgm_note(k->w->doc, "claims", k->i, k->i_event, "%s by `%.*s` (%s:%u)", what,
             DGM_FMT(word_at(k, word)->form), file, line);
}
