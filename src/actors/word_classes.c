/* Classes of single words: see words.h. */
#include "actors/words.h"

static const char *const class_names[] = {
#define X(id, name) [WORDS_##id] = name,
    DGM_WORD_CLASS_MAP(X)
#undef X
};
_Static_assert(N_WORD_CLASSES <= 64, "a set of classes is 64 bits");

word_class word_class_named(dgm_view name)
{
    return (word_class)dgm_view_index(name, class_names, N_WORD_CLASSES);
}

const char *word_class_name(word_class class)
{
    return class_names[class];
}

bool word_table_add(word_table *table, dgm_arena *arena, dgm_view word, word_class class,
                    bool *again)
{
    char buf[MAX_CLASS_WORD];
    dgm_view key = dgm_view_lower(word, buf, sizeof(buf));
    uint32_t i = dgm_map_get(table->numbers, key);
    if (i == DGM_NONE) {
        i = table->sets.n;
        uint64_t *set = dgm_push(arena, &table->sets);
        if (!set || dgm_map_set(table->numbers, key, i, NULL) != DGM_OK)
            return false;
    }
    uint64_t bit = UINT64_C(1) << class;
    *again = (table->sets.at[i] & bit) != 0;
    table->sets.at[i] |= bit;
    table->known |= bit;
    table->longest = DGM_MAX(table->longest, word.n);
    return true;
}

uint64_t word_classes(const word_table *table, dgm_view word)
{
    char buf[MAX_CLASS_WORD];
    if (word.n == 0 || word.n > table->longest)
        return 0;
    uint32_t i = dgm_map_get(table->numbers, dgm_view_lower(word, buf, sizeof(buf)));
    return i == DGM_NONE ? 0 : table->sets.at[i];
}
