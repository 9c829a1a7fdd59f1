/* names.c - the section "names", and the best names of a document.
 *
 * Section, little-endian: u32 version, number of the parser, NAME_BITS, types, dense features,
 * numbers of a picture, listed names; f32 unit of the weights; f32 dense[types][dense features];
 * f32 picture[types][numbers]; u32 listed names, sorted; i16 weights[1 << NAME_BITS][types]. */
#include "syntax/model_file.h"
#include "syntax/names_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SECTION_VERSION = 2, SECTION_HEAD = 32 };
enum { DENSE = N_TYPES * NAME_DENSE, WEIGHT_BYTES = (2 * N_TYPES) << NAME_BITS };

/* ---- section -------------------------------------------------------------------------------- */

static float get_float(const char *p)
{
    uint32_t bits = dgm_get_u32(p);
    float value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static void put_float(char *p, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof(bits));
    dgm_put_u32(p, bits);
}

/* A damaged file must not bring numbers that are none. */
static bool read_floats(const char *p, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = get_float(p + 4 * i);
        if (!(fabsf(out[i]) < 1e6f))
            return false;
    }
    return true;
}

uint32_t names_parser(const dgm_network *network)
{
    dgm_view bias = { (const char *)network->out.b, network->n_outputs * sizeof(float) };
    uint64_t hash = dgm_hash(bias);
    return (uint32_t)(hash ^ hash >> 32);
}

dgm_status dgm_names_load(dgm_view section, const dgm_network *network, dgm_names **out,
                          dgm_err *err)
{
    const char *p = section.p;
    name_sizes sizes = names_sizes(network);
    size_t n_picture = names_n_picture(sizes);
    *out = NULL;
    if (section.n < SECTION_HEAD || dgm_get_u32(p) != SECTION_VERSION)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                        "the names are of another version; `dragoman train names` makes them");
    if (dgm_get_u32(p + 4) != names_parser(network))
        return DGM_OK;
    size_t n_lists = dgm_get_u32(p + 24), n_numbers = DENSE + n_picture * N_TYPES;
    if (dgm_get_u32(p + 8) != NAME_BITS || dgm_get_u32(p + 12) != N_TYPES ||
        dgm_get_u32(p + 16) != NAME_DENSE || dgm_get_u32(p + 20) != n_picture ||
        n_lists > section.n / 4 ||
        section.n != SECTION_HEAD + 4 * n_numbers + 4 * n_lists + WEIGHT_BYTES)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the names' sizes are not plausible");
    dgm_names *names = calloc(1, sizeof(*names));
    float *picture = calloc(n_picture * N_TYPES, sizeof(*picture));
    if (!names || !picture) {
        free(names);
        free(picture);
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the names");
    }
    names->sizes = sizes;
    names->picture = picture;
    names->lists = (name_lists) { p + SECTION_HEAD + 4 * n_numbers, (uint32_t)n_lists };
    names->weights = names->lists.at + 4 * n_lists;
    if (!read_floats(p + 28, &names->unit, 1) ||
        !read_floats(p + SECTION_HEAD, names->dense[0], DENSE) ||
        !read_floats(p + SECTION_HEAD + 4 * DENSE, picture, n_picture * N_TYPES)) {
        dgm_names_free(names);
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the names' weights are no numbers");
    }
    *out = names;
    return DGM_OK;
}

void dgm_names_free(dgm_names *names)
{
    if (names)
        free(names->picture);
    free(names);
}

dgm_status names_pack(const names_section *s, char **out, size_t *n, dgm_err *err)
{
    size_t n_picture = (size_t)N_TYPES * s->n_picture, n_lists = s->lists.n;
    size_t size = SECTION_HEAD + 4 * (DENSE + n_picture + n_lists) + WEIGHT_BYTES;
    char *bytes = malloc(size), *p = bytes;
    if (!bytes)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the names");
    const uint32_t head[] = { SECTION_VERSION, s->parser,    NAME_BITS, N_TYPES,
                              NAME_DENSE,      s->n_picture, s->lists.n };
    for (size_t i = 0; i < DGM_LEN(head); i++, p += 4)
        dgm_put_u32(p, head[i]);
    put_float(p, s->unit);
    p += 4;
    for (size_t i = 0; i < DENSE; i++, p += 4)
        put_float(p, s->dense[i]);
    for (size_t i = 0; i < n_picture; i++, p += 4)
        put_float(p, s->picture[i]);
    if (n_lists)
        memcpy(p, s->lists.at, 4 * n_lists);
    p += 4 * n_lists;
    for (size_t i = 0; i < (size_t)N_TYPES << NAME_BITS; i++, p += 2) {
        uint16_t w = (uint16_t)s->weights[i];
        p[0] = (char)(w & 0xFF);
        p[1] = (char)(w >> 8);
    }
    *out = bytes;
    *n = size;
    return DGM_OK;
}

/* ---- the document --------------------------------------------------------------------------- */

dgm_names_space *dgm_names_space_new(void)
{
    return calloc(1, sizeof(dgm_names_space));
}

void dgm_names_space_free(dgm_names_space *space)
{
    if (!space)
        return;
    free(space->lattices);
    free(space->guesses);
    free(space->of_document);
    free(space->slots);
    free(space);
}

/* The array with room for n elements; NULL: no memory, and the old one stays. */
static void *grown(void *at, size_t n, size_t *cap, size_t size)
{
    if (n <= *cap)
        return at;
    size_t bigger = DGM_MAX(n, *cap * 2 + 64);
    void *moved = realloc(at, bigger * size);
    if (moved)
        *cap = bigger;
    return moved;
}

static uint32_t *slot_of(const dgm_names_space *x, uint32_t key)
{
    size_t i = key * 0x9E3779B1u >> 7 & (x->n_slots - 1);
    while (x->slots[i] && x->of_document[x->slots[i] - 1].key != key)
        i = (i + 1) & (x->n_slots - 1);
    return &x->slots[i];
}

static bool more_slots(dgm_names_space *x)
{
    size_t n = x->n_slots ? x->n_slots * 2 : 256;
    uint32_t *slots = calloc(n, sizeof(*slots));
    if (!slots)
        return false;
    free(x->slots);
    x->slots = slots;
    x->n_slots = n;
    for (size_t i = 0; i < x->n_words; i++)
        *slot_of(x, x->of_document[i].key) = (uint32_t)i + 1;
    return true;
}

uint32_t names_word(dgm_names_space *x, uint32_t key)
{
    if (x->n_words * 2 >= x->n_slots && !more_slots(x))
        return DGM_NONE;
    uint32_t *slot = slot_of(x, key);
    if (*slot)
        return *slot - 1;
    name_word *words = grown(x->of_document, x->n_words + 1, &x->cap_words, sizeof(*words));
    if (!words)
        return DGM_NONE;
    x->of_document = words;
    words[x->n_words] = (name_word) { .key = key };
    *slot = (uint32_t)++x->n_words;
    return *slot - 1;
}

void dgm_names_begin(dgm_names_space *x)
{
    if (x->n_words)
        memset(x->slots, 0, x->n_slots * sizeof(*x->slots));
    x->n_lattices = x->n_guesses = x->n_words = 0;
}

/* ---- guesses -------------------------------------------------------------------------------- */

static int16_t weight_at(const unsigned char *p)
{
    return (int16_t)(uint16_t)(p[0] | p[1] << 8);
}

static void score(const dgm_names *names, const name_features *f, const float *of_head, float *out)
{
    int32_t sum[N_TYPES] = { 0 };
    for (uint32_t i = 0; i < f->n; i++) {
        const unsigned char *p =
            (const unsigned char *)names->weights + (size_t)f->at[i] * N_TYPES * 2;
        for (uint32_t t = 0; t < N_TYPES; t++)
            sum[t] += weight_at(p + 2 * (size_t)t);
    }
    for (uint32_t t = 0; t < N_TYPES; t++) {
        out[t] = (float)sum[t] * names->unit + of_head[t];
        for (uint32_t k = 0; k < NAME_DENSE; k++)
            out[t] += names->dense[t][k] * f->dense[t][k];
    }
}

/* Scores of a word's picture, by itself and as a part of the mean. */
static void score_picture(const dgm_names *names, const float *vector, float *itself, float *mean)
{
    name_sizes n = names->sizes;
    for (uint32_t t = 0; t < N_TYPES; t++) {
        const float *w = names->picture + (size_t)t * names_n_picture(n);
        itself[t] = dgm_dot(w, vector, n.n);
        mean[t] = dgm_dot(w + n.n, vector, n.n_mean);
    }
}

/* The pictures of all heads of spans; itself[i] and word[i] are of word i of the window. */
static bool see_heads(const dgm_names *names, dgm_names_space *x)
{
    for (uint32_t i = 0; i < x->n; i++)
        x->word[i] = DGM_NONE;
    for (uint32_t k = 0; k < x->n_spans; k++) {
        uint32_t h = x->spans[k].head;
        float mean[N_TYPES];
        if (x->word[h] != DGM_NONE)
            continue;
        x->word[h] = names_word(x, x->key[h]);
        if (x->word[h] == DGM_NONE)
            return false;
        name_word *word = &x->of_document[x->word[h]];
        word->marks |= names_picture(x, h);
        score_picture(names, x->vector, x->itself[h], mean);
        for (uint32_t t = 0; t < N_TYPES; t++)
            word->sum[t] += mean[t];
        word->n++;
    }
    return true;
}

dgm_status dgm_names_add(const dgm_names *names, dgm_names_space *x, const dgm_names_window *window)
{
    names_find(x, window);
    if (!x->n_spans)
        return DGM_OK;
    name_lattice *lattices =
        grown(x->lattices, x->n_lattices + 1, &x->cap_lattices, sizeof(*lattices));
    if (lattices)
        x->lattices = lattices;
    name_guess *guesses =
        grown(x->guesses, x->n_guesses + x->n_spans, &x->cap_guesses, sizeof(*guesses));
    if (guesses)
        x->guesses = guesses;
    if (!lattices || !guesses || !see_heads(names, x))
        return DGM_ENOMEM;
    lattices[x->n_lattices++] =
        (name_lattice) { window->sentence, window->first, window->n, x->n_guesses, x->n_spans };
    for (uint32_t i = 0; i < x->n_spans; i++) {
        name_guess *guess = &guesses[x->n_guesses++];
        guess->span = x->spans[i];
        guess->word = x->word[guess->span.head];
        names_describe(x, &names->lists, &guess->span);
        score(names, &x->features, x->itself[guess->span.head], guess->score);
    }
    return DGM_OK;
}

/* ---- decision ------------------------------------------------------------------------------- */

/* What all places of a word say of each of them. */
static void sum_up(const dgm_names *names, name_word *word)
{
    uint32_t n = names_n_picture(names->sizes), first = n - NAME_MARKS;
    for (uint32_t t = 0; t < N_TYPES; t++) {
        word->sum[t] /= (float)word->n;
        for (uint32_t k = 0; k < NAME_MARKS; k++)
            if (word->marks >> k & 1)
                word->sum[t] += names->picture[(size_t)t * n + first + k];
    }
}

/* The best type of a guess, now that the document is known. */
static float judge(const name_guess *guess, const name_word *word, uint8_t *type)
{
    float best = 0;
    for (uint32_t t = 0; t < N_TYPES; t++) {
        float value = guess->score[t] + word->sum[t];
        if (t == 0 || value > best) {
            best = value;
            *type = (uint8_t)t;
        }
    }
    return best;
}

/* best[i] is what the words before i are worth at best, and choice[i] the span that ends there. */
static void decode(dgm_names_space *x, const name_lattice *l)
{
    const name_guess *guess = x->guesses + l->guess;
    for (uint32_t i = 0; i < l->n; i++)
        x->ending[i] = DGM_NONE;
    for (uint32_t k = 0; k < l->n_guesses; k++) {
        x->score[k] = judge(&guess[k], &x->of_document[guess[k].word], &x->type[k]);
        x->next[k] = x->ending[guess[k].span.end];
        x->ending[guess[k].span.end] = k;
    }
    x->best[0] = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        x->best[i + 1] = x->best[i];
        x->choice[i + 1] = DGM_NONE;
        for (uint32_t k = x->ending[i]; k != DGM_NONE; k = x->next[k]) {
            float value = x->best[guess[k].span.begin] + x->score[k];
            if (value > x->best[i + 1]) {
                x->best[i + 1] = value;
                x->choice[i + 1] = k;
            }
        }
    }
}

static void put_name(dgm_word *words, const name_span *span, dgm_entity_type type)
{
    for (uint32_t i = span->begin; i <= span->end; i++)
        words[i].entity_tag = dgm_entity_tag(type, dgm_bilu_in(i, span->begin, span->end));
}

void dgm_names_finish(const dgm_names *names, dgm_names_space *x, dgm_document *doc)
{
    for (size_t i = 0; i < x->n_words; i++)
        sum_up(names, &x->of_document[i]);
    for (size_t i = 0; i < x->n_lattices; i++) {
        const name_lattice *l = &x->lattices[i];
        dgm_word *words = doc->sentences.at[l->sentence].words + l->first;
        decode(x, l);
        for (uint32_t k = 0; k < l->n; k++)
            words[k].entity_tag = 0;
        for (uint32_t at = l->n; at > 0;) {
            uint32_t k = x->choice[at];
            const name_span *span = k == DGM_NONE ? NULL : &x->guesses[l->guess + k].span;
            if (span)
                put_name(words, span, (dgm_entity_type)x->type[k]);
            at = span ? span->begin : at - 1;
        }
    }
}
