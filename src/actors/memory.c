/* Whom the story has spoken of: entities, their names, and which countries it is about. */
#include "actors/reading.h"

#include <string.h>

uint32_t new_entity(reading *r, dgm_entity_kind kind, const char *country, const char *sector,
                    dgm_view name, const fact *f)
{
    dgm_entity *e = dgm_push(r->arena, &r->doc->entities);
    actor *a = dgm_push(r->arena, &r->actors);
    if (!e || !a) { /* both stay as long as each other */
        r->doc->entities.n -= e != NULL;
        r->actors.n -= a != NULL;
        r->no_memory = true;
        return DGM_NONE;
    }
    *e = (dgm_entity) { .kind = kind, .name = name };
    memcpy(e->country, country, strnlen(country, 3));
    memcpy(e->sector, sector, strnlen(sector, 3));
    uint32_t *state = kind == DGM_ENTITY_COUNTRY || kind == DGM_ENTITY_GOVERNMENT
                          ? dgm_push(r->arena, &r->states)
                          : NULL;
    if (state)
        *state = r->doc->entities.n - 1;
    *a = (actor) { .fact = f, .person = DGM_NONE };
    e->guessed = r->guessed && country[0] && kind != DGM_ENTITY_COUNTRY &&
                 kind != DGM_ENTITY_GOVERNMENT && kind != DGM_ENTITY_PLACE;
    e->untold = r->untold && !country[0];
    r->guessed = r->untold = false;
    if (f) {
        e->id = f->id;
        e->source = fact_source(r->lex, f, r->arena);
        for (uint32_t i = 0; i < f->n_others; i++)
            memcpy(e->others[e->n_others++], f->others[i], 4);
    }
    return r->doc->entities.n - 1;
}

static uint32_t find_state(const reading *r, dgm_entity_kind kind, const char *code,
                           const char *sector)
{
    for (uint32_t k = 0; k < r->states.n; k++) {
        uint32_t i = r->states.at[k];
        const dgm_entity *e = &r->doc->entities.at[i];
        if (e->kind == kind && strcmp(e->country, code) == 0 && strcmp(e->sector, sector) == 0)
            return i;
    }
    return DGM_NONE;
}

uint32_t country_entity(reading *r, const char *code, const char *sector, const fact *f)
{
    uint32_t i = find_state(r, DGM_ENTITY_COUNTRY, code, sector);
    /* Abkhazia and South Ossetia have one code. */
    if (i != DGM_NONE && (!sector[0] || (f && dgm_view_eq(r->doc->entities.at[i].name, f->name))))
        return i;
    /* An adjective's row gives the code; the name is that of the state. */
    if (!sector[0] && (!f || f->kind != KIND_NAME)) {
        const fact *plain =
            lexicon_fact(r->lex, dgm_map_get(r->lex->state_names, dgm_view_of(code)));
        f = plain ? plain : f;
    }
    dgm_view name = f ? f->name : dgm_arena_copy(r->arena, dgm_view_of(code));
    return new_entity(r, DGM_ENTITY_COUNTRY, code, sector, name, f);
}

uint32_t government_entity(reading *r, const char *code, const fact *f)
{
    uint32_t i = find_state(r, DGM_ENTITY_GOVERNMENT, code, "GOV");
    if (i != DGM_NONE)
        return i;
    const fact *plain = lexicon_fact(r->lex, dgm_map_get(r->lex->state_names, dgm_view_of(code)));
    dgm_view state = plain ? plain->name : dgm_view_of(code);
    dgm_view name = dgm_arena_printf(r->arena, "government of %.*s", DGM_FMT(state));
    return new_entity(r, DGM_ENTITY_GOVERNMENT, code, "GOV", name, f);
}

uint32_t place_entity(reading *r, const char *code, const char *sector, dgm_view name,
                      const fact *f)
{
    for (uint32_t i = oldest(r->doc->entities.n); i < r->doc->entities.n; i++) {
        const dgm_entity *e = &r->doc->entities.at[i];
        if (e->kind == DGM_ENTITY_PLACE && dgm_view_eq(e->name, name))
            return i;
    }
    return new_entity(r, DGM_ENTITY_PLACE, code, sector, name, f);
}

void add_alias(reading *r, dgm_view folded, uint32_t entity)
{
    if (folded.n == 0 || entity == DGM_NONE)
        return;
    for (uint32_t i = oldest(r->aliases.n); i < r->aliases.n; i++)
        if (r->aliases.at[i].entity == entity && dgm_view_eq(r->aliases.at[i].name, folded))
            return;
    alias *a = dgm_push(r->arena, &r->aliases);
    if (!a) {
        r->no_memory = true;
        return;
    }
    *a = (alias) { folded, entity };
}

uint32_t find_alias(const reading *r, dgm_view folded)
{
    for (uint32_t i = r->aliases.n; i > oldest(r->aliases.n); i--)
        if (dgm_view_eq(r->aliases.at[i - 1].name, folded))
            return r->aliases.at[i - 1].entity;
    return DGM_NONE;
}

bool actors_take_state(const reading *r, uint32_t entity, char out[4])
{
    if (entity == DGM_NONE || !r->doc->entities.at[entity].country[0])
        return false;
    memcpy(out, r->doc->entities.at[entity].country, 4);
    return true;
}

bool is_hearer(const reading *r, const dgm_mention *m)
{
    const dgm_sentence *s = &r->doc->sentences.at[m->span.sentence];
    const dgm_word *word = &s->words[m->head];
    bool object = word->deprel == DGM_REL_OBJ || word->deprel == DGM_REL_IOBJ;
    if (!object || !word->head || !dgm_has_class(s->tree, word->head, DGM_CLASS_SAY))
        return false;
    for (uint32_t k = 0; k < m->n_entities; k++)
        if (strcmp(r->doc->entities.at[r->doc->mention_entities.at[m->entities + k]].sector,
                   "JRN") == 0)
            return true;
    return false;
}

/* ---- what the story is about ---------------------------------------------------------------- */

/* NULL: no state, or one state too many. */
static country_count *count_at(reading *r, const char *code)
{
    if (!dgm_is_state_code(code))
        return NULL;
    uint32_t i = 0;
    while (i < r->n_counts && strcmp(r->counts[i].code, code) != 0)
        i++;
    if (i == MAX_COUNTED)
        return NULL;
    if (i == r->n_counts)
        memcpy(r->counts[r->n_counts++].code, code, 4);
    return &r->counts[i];
}

static bool is_place_fact(const fact *f)
{
    return f->type == FACT_COUNTRY && (f->kind == KIND_REGION || f->kind == KIND_CAPITAL);
}

/* Whether the name is also that of a place in another state. */
static bool has_namesake(const reading *r, const fact *f, uint32_t chain)
{
    for (uint32_t i = chain; i != DGM_NONE; i = r->lex->facts.at[i].next) {
        const fact *g = &r->lex->facts.at[i];
        if (is_place_fact(g) && strcmp(g->country, f->country) != 0)
            return true;
    }
    return false;
}

/* Counts the states that sentence i names, of the whole story or of what is told yet. */
static void count_sentence(reading *r, uint32_t i, bool yet, bool *begun)
{
    const dgm_sentence *s = &r->doc->sentences.at[i];
    const matches *m = &r->found[i];
    bool first = !*begun;
    for (uint32_t j = 0; j < m->n; j++) {
        const fact *f = choose_fact(r->lex, s, m, &m->at[j], r->date, NULL);
        /* A body's name may be many countries'. */
        if (!f || f->weak || (f->type != FACT_COUNTRY && f->type != FACT_OFFICE))
            continue;
        if (is_place_fact(f) && actors_is_surname(s, m, &m->at[j]))
            continue;
        if (f->kind == KIND_REGION && has_namesake(r, f, m->at[j].fact))
            continue;
        /* The first sentence that names any counts double, but a dateline does not. */
        bool told = m->at[j].last > m->dateline;
        country_count *c = count_at(r, f->country);
        if (c && yet)
            c->n_yet += first && told ? 2 : 1;
        else if (c)
            c->n += first && told ? 2 : 1;
        *begun |= told;
    }
}

void count_countries(reading *r)
{
    bool begun = false;
    for (uint32_t i = 0; i < r->doc->sentences.n; i++)
        count_sentence(r, i, false, &begun);
}

void actors_count_paragraph(reading *r)
{
    uint32_t i = r->counted_yet;
    while (i < r->doc->sentences.n &&
           (i <= r->i_sentence || !r->doc->sentences.at[i].begins_paragraph))
        count_sentence(r, i++, true, &r->begun_yet);
    r->counted_yet = i;
}

uint32_t count_of(const reading *r, const char *code)
{
    for (uint32_t i = 0; i < r->n_counts; i++)
        if (strcmp(r->counts[i].code, code) == 0)
            return r->counts[i].n;
    return 0;
}

const char *actors_dateline_of(const reading *r, uint32_t i_sentence)
{
    const matches *m = i_sentence == DGM_NONE ? NULL : &r->found[i_sentence];
    if (!m || !m->dateline)
        return "";
    const fact *f =
        choose_fact(r->lex, &r->doc->sentences.at[i_sentence], m, &m->at[0], r->date, NULL);
    return f ? f->country : "";
}

void actors_settle_namesake(const reading *r, phrase *p)
{
    uint32_t i_match = p->head ? r->m->of_word[p->head] : DGM_NONE, best = 0;
    if (i_match == DGM_NONE || !p->name || !is_place_fact(p->name) ||
        !has_namesake(r, p->name, r->m->at[i_match].fact))
        return;
    const char *written = actors_dateline_of(r, r->i_dateline);
    const fact *found = NULL;
    for (uint32_t i = r->m->at[i_match].fact; i != DGM_NONE; i = r->lex->facts.at[i].next) {
        const fact *f = &r->lex->facts.at[i];
        bool here = strcmp(written, f->country) == 0;
        uint32_t n = is_place_fact(f) ? (here ? UINT32_MAX : count_of(r, f->country)) : 0;
        if (n > best) {
            found = f;
            best = n;
        }
    }
    if (!found || found == p->name)
        return;
    p->name = found;
    p->kind = found->kind == KIND_REGION ? PHRASE_REGION : PHRASE_CAPITAL;
    memcpy(p->sector, found->sector, 4);
    p->n_countries = 1;
    memcpy(p->countries[0], found->country, 4);
}

bool two_countries(const reading *r, char two[2][4])
{
    uint32_t n[3] = { 0 };
    const char *code[3] = { "", "", "" };
    for (uint32_t i = 0; i < r->n_counts; i++)
        for (uint32_t k = 0; k < 3; k++)
            if (r->counts[i].n > n[k]) {
                for (uint32_t j = 2; j > k; j--) {
                    n[j] = n[j - 1];
                    code[j] = code[j - 1];
                }
                n[k] = r->counts[i].n;
                code[k] = r->counts[i].code;
                break;
            }
    memcpy(two[0], code[0], strlen(code[0]) + 1);
    memcpy(two[1], code[1], strlen(code[1]) + 1);
    return n[1] >= 3 && n[1] > 2 * n[2];
}

/* The country of which most is told, of the whole story or of what is told yet; NULL: no one
 * clearly is. */
static const country_count *most_told_of(const reading *r, bool yet)
{
    const country_count *best = NULL;
    uint32_t most = 0, next = 0;
    for (uint32_t i = 0; i < r->n_counts; i++) {
        uint32_t n = yet ? r->counts[i].n_yet : r->counts[i].n;
        next = DGM_MAX(next, DGM_MIN(n, most));
        best = n > most ? &r->counts[i] : best;
        most = DGM_MAX(n, most);
    }
    return most >= 3 && 2 * most >= 3 * next ? best : NULL;
}

bool actors_comes_later(const reading *r, const country_count *c)
{
    return c->n_yet == 0 && most_told_of(r, true);
}

const char *main_country(const reading *r)
{
    const country_count *main = most_told_of(r, false);
    if (main && actors_comes_later(r, main))
        main = most_told_of(r, true);
    return main ? main->code : "";
}
