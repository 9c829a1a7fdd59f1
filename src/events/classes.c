/* Word classes: "@aid" and the words that it stands for, and phrases that silence. Members are
 * lemmas, or runs of up to three lemmas ("human right"). */
#include "events/knowledge.h"

typedef struct {
    dgm_events *events;
    dgm_complaints *complaints;
} loading;

bool dgm_list_add(dgm_events *events, dgm_map *map, dgm_view key, uint32_t id)
{
    uint32_t i = dgm_map_get(map, key);
    if (i == DGM_NONE) {
        i = events->lists.n;
        dgm_id_list *fresh = dgm_push(events->arena, &events->lists);
        if (!fresh || dgm_map_set(map, key, i, NULL) != DGM_OK)
            return false;
    }
    dgm_id_list *list = &events->lists.at[i];
    for (uint32_t j = 0; j < list->n; j++)
        if (list->at[j] == id)
            return true;
    uint32_t *slot = dgm_push(events->arena, list);
    if (slot)
        *slot = id;
    return slot != NULL;
}

bool dgm_know_words(dgm_events *events, dgm_view phrase)
{
    dgm_view word;
    while (dgm_view_split(&phrase, ' ', &word))
        if (word.n > 0 && dgm_map_set(events->vocabulary, word, 1, NULL) != DGM_OK)
            return false;
    return true;
}

uint32_t dgm_class_id(const dgm_events *events, dgm_view name)
{
    return dgm_map_get(events->class_names, name);
}

static bool load_class(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_events *events = l->events;
    dgm_view name = row->cell[0];
    if (!dgm_view_starts(name, DGM_VIEW("@")) || name.n < 2) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "a class begins with @: %.*s", DGM_FMT(name));
        return true;
    }
    name = dgm_view_slice(name, 1, name.n);
    uint32_t id = dgm_class_id(events, name);
    if (id == DGM_NONE) {
        id = dgm_map_count(events->class_names);
        if (dgm_map_set(events->class_names, name, id, NULL) != DGM_OK)
            return false;
    }
    dgm_view rest = row->cell[1], word;
    while (dgm_view_split(&rest, ',', &word)) {
        word = dgm_view_trim(word);
        if (word.n == 0)
            continue;
        dgm_view *member = dgm_push(events->arena, &events->member_words);
        uint32_t *class_id = dgm_push(events->arena, &events->member_classes);
        if (!member || !class_id || !dgm_list_add(events, events->class_members, word, id) ||
            !dgm_know_words(events, word))
            return false;
        *member = word;
        *class_id = id;
    }
    return true;
}

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

static bool load_irregular(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_view *lemma = dgm_push(l->events->arena, &l->events->irregular_lemmas);
    if (!lemma)
        return false;
    *lemma = row->cell[1];
    return dgm_map_set(l->events->irregular, row->cell[0], l->events->irregular_lemmas.n - 1,
                       NULL) == DGM_OK;
}

dgm_status dgm_classes_load(dgm_events *events, const char *dir, dgm_complaints *complaints)
{
    static const char *const classes[] = { "class", "words", NULL };
    static const char *const discards[] = { "phrase", "scope?", NULL };
    static const char *const irregular[] = { "form", "lemma", NULL };
    static const struct {
        const char *name;
        const char *const *columns;
        dgm_row_fn fn;
    } tables[] = {
        { "predicates/classes.tsv", classes, load_class },
        { "predicates/discards.tsv", discards, load_discard },
        { "predicates/irregular.tsv", irregular, load_irregular },
    };
    loading l = { events, complaints };
    for (size_t i = 0; i < DGM_LEN(tables); i++) {
        dgm_status status = dgm_table_load(dir, tables[i].name, tables[i].columns, tables[i].fn, &l,
                                           complaints, &events->texts[events->n_texts]);
        if (status != DGM_OK)
            return status;
        events->n_texts++;
    }
    return DGM_OK;
}
