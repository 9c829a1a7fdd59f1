/* Phrases that silence what is said around them. */
#include "events/knowledge.h"

typedef struct {
    dgm_events *events;
    dgm_complaints *complaints;
} loading;

static bool load_discard(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_discard scope = DGM_DISCARD_TRIGGER;
    if (dgm_view_eq(row->cell[1], DGM_VIEW("sentence")))
        scope = DGM_DISCARD_SENTENCE;
    else if (dgm_view_eq(row->cell[1], DGM_VIEW("story")))
        scope = DGM_DISCARD_STORY;
    else if (row->cell[1].n > 0)
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is neither sentence nor story", DGM_FMT(row->cell[1]));
    l->events->discards_sentences |= scope == DGM_DISCARD_SENTENCE;
    l->events->discards_stories |= scope == DGM_DISCARD_STORY;
    return dgm_map_set(l->events->discards, row->cell[0], scope, NULL) == DGM_OK;
}

dgm_status dgm_discards_load(dgm_events *events, const char *dir, dgm_complaints *complaints)
{
    static const char *const columns[] = { "phrase!", "scope?", NULL };
    loading l = { events, complaints };
    dgm_status status = dgm_table_load(dir, "rules/discards.tsv", columns, load_discard, &l,
                                       complaints, &events->texts[events->n_texts]);
    events->n_texts += status == DGM_OK;
    return status;
}
