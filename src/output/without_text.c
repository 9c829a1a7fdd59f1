/* Records whose reports may not be passed on: without the sentence, the title and every word quoted
 * from them. Ids, offsets, codes and canonical names stay, and a hash of the sentence, by which
 * whoever has the report can tell that it is the same. */
#include "output/writers.h"

void dgm_record_text_hash(const dgm_record *r, dgm_buffer *out)
{
    if (r->text.n > 0)
        dgm_buffer_printf(out, "%016llx", (unsigned long long)dgm_hash(r->text));
    else
        dgm_buffer_put(out, dgm_view_of(r->text_hash));
}

static const dgm_view nothing = { "", 0 };

/* "government of Turkey" is a name of ours. What else is written small, or ends the words of a
 * role ("Police"), is words of the report. */
static bool is_quoted(const dgm_record_actor *actor)
{
    dgm_view name = actor->name, ours = DGM_VIEW("government of "), words = actor->words.text;
    if (name.n == 0 || actor->id.n > 0 ||
        (name.n > ours.n && dgm_view_eq(dgm_view_slice(name, 0, ours.n), ours)))
        return false;
    bool ends =
        words.n >= name.n && dgm_view_eq(dgm_view_slice(words, words.n - name.n, words.n), name);
    return dgm_is_lower((unsigned char)name.p[0]) ||
           (ends && dgm_view_eq(actor->via, DGM_VIEW("role")));
}

static void strip_actor(dgm_record_actor *actor)
{
    if (is_quoted(actor))
        actor->name = nothing;
    actor->words.text = nothing;
}

/* Copies an array into the arena, so that what the record was made from stays as it is. */
#define COPY(arena, array, good)                                                                   \
    do {                                                                                           \
        size_t n_ = (array)->n * sizeof(*(array)->at);                                             \
        dgm_view copy_ = dgm_arena_copy((arena), (dgm_view) { (const char *)(array)->at, n_ });    \
        (good) = (good) && (copy_.p || n_ == 0);                                                   \
        if (n_ > 0)                                                                                \
            (array)->at = (void *)(uintptr_t)copy_.p;                                              \
    } while (0)

bool dgm_record_without_text(const dgm_record *record, dgm_arena *arena, dgm_record *out)
{
    bool good = true;
    *out = *record;
    if (record->text.n > 0)
        snprintf(out->text_hash, sizeof out->text_hash, "%016llx",
                 (unsigned long long)dgm_hash(record->text));
    COPY(arena, &out->actors, good);
    COPY(arena, &out->recipients, good);
    COPY(arena, &out->voices, good);
    COPY(arena, &out->locations, good);
    if (!good)
        return false;
    out->text = out->story_title = out->trigger.text = out->condition.text = nothing;
    if (!dgm_view_eq(out->date_basis, DGM_VIEW("story")))
        out->date_basis = nothing;
    for (uint32_t i = 0; i < out->actors.n; i++)
        strip_actor(&out->actors.at[i]);
    for (uint32_t i = 0; i < out->recipients.n; i++)
        strip_actor(&out->recipients.at[i]);
    for (uint32_t i = 0; i < out->voices.n; i++) {
        strip_actor(&out->voices.at[i].speaker);
        out->voices.at[i].cue.text = nothing;
    }
    for (uint32_t i = 0; i < out->locations.n; i++)
        out->locations.at[i].words.text = nothing;
    for (uint32_t i = 0; i < DGM_N_SIZES; i++)
        out->sizes[i].words.text = nothing;
    return true;
}
