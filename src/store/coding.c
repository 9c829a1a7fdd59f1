/* How an event is coded, as a line that people write and that can be compared. */
#include "store/marks.h"

#include <string.h>

/* False: there is no more room. */
static bool add_code(dgm_coding *c, uint32_t side, dgm_view code)
{
    char text[DGM_CODE_SIZE];
    uint32_t i = 0;
    snprintf(text, sizeof text, "%.*s", DGM_FMT(code));
    while (i < c->n[side] && strcmp(c->codes[side][i], text) < 0)
        i++;
    if (i < c->n[side] && strcmp(c->codes[side][i], text) == 0)
        return true;
    if (c->n[side] == DGM_MOST_CODES)
        return false;
    memmove(c->codes[side][i + 1], c->codes[side][i], (c->n[side] - i) * (size_t)DGM_CODE_SIZE);
    memcpy(c->codes[side][i], text, sizeof text);
    c->n[side]++;
    return true;
}

/* Whoever has no code is not judged. */
void dgm_coding_of(const dgm_record *r, dgm_coding *out)
{
    *out = (dgm_coding) { .polarity = r->polarity, .status = r->status };
    snprintf(out->type, sizeof out->type, "%.*s", DGM_FMT(r->type));
    for (uint32_t i = 0; i < r->actors.n; i++)
        if (r->actors.at[i].code.n)
            add_code(out, 0, r->actors.at[i].code);
    for (uint32_t i = 0; i < r->recipients.n; i++)
        if (r->recipients.at[i].code.n)
            add_code(out, 1, r->recipients.at[i].code);
}

/* ---- reading -------------------------------------------------------------------------------- */

/* "TUR", "TURGOV", "---REB". */
static bool is_code(dgm_view v)
{
    if (v.n < 3 || v.n >= DGM_CODE_SIZE || v.n % 3 != 0)
        return false;
    for (size_t i = dgm_view_starts(v, DGM_VIEW("---")) ? 3 : 0; i < v.n; i++)
        if (!dgm_is_upper((unsigned char)v.p[i]))
            return false;
    return v.n > 3 || v.p[0] != '-';
}

static bool is_parting(char c)
{
    return dgm_is_space((unsigned char)c) || c == ',' || c == ';';
}

static dgm_view next_word(dgm_view *rest)
{
    size_t begin = 0, end;
    while (begin < rest->n && is_parting(rest->p[begin]))
        begin++;
    end = begin;
    if (end < rest->n && rest->p[end] == '>')
        end++;
    else
        while (end < rest->n && !is_parting(rest->p[end]) && rest->p[end] != '>')
            end++;
    dgm_view word = dgm_view_slice(*rest, begin, end);
    *rest = dgm_view_slice(*rest, end, rest->n);
    return word;
}

static bool take_mark(dgm_view word, dgm_coding *out)
{
    for (int i = 0; i <= DGM_NEGATED; i++) {
        if (dgm_view_eq(word, dgm_view_of(dgm_polarity_name((dgm_polarity)i)))) {
            out->polarity = (dgm_polarity)i;
            return true;
        }
    }
    for (int i = 0; i <= DGM_HYPOTHETICAL; i++) {
        if (dgm_view_eq(word, dgm_view_of(dgm_factual_status_name((dgm_factual_status)i)))) {
            out->status = (dgm_factual_status)i;
            return true;
        }
    }
    return false;
}

static dgm_status no_type(const dgm_types *types, dgm_view word, dgm_err *err)
{
    char hint[DGM_HINT];
    dgm_nearest nearest = dgm_nearest_to(word);
    size_t dash = dgm_view_find(word, DGM_VIEW("-"));
    dgm_view type = dgm_view_slice(word, 0, dash == SIZE_MAX ? 0 : dash);
    if (type.n > 0 && types && dgm_type_of(types, type))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "'%.*s' names a mode, and marks are of types alone: write '%.*s'",
                        (int)DGM_MIN(word.n, 60), word.p, DGM_FMT(type));
    for (uint32_t t = 1; types && t < types->n; t++)
        if (types->at[t].name[0])
            dgm_nearest_try(&nearest, dgm_view_of(types->at[t].name));
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "'%.*s' is no type of event%s",
                    (int)DGM_MIN(word.n, 40), word.p, dgm_nearest_hint(&nearest, "", "", hint));
}

dgm_status dgm_coding_parse(const dgm_types *types, dgm_view text, dgm_coding *out, dgm_err *err)
{
    dgm_view rest = text, word = next_word(&rest);
    uint32_t side = 0;
    dgm_coding made = { .polarity = DGM_AFFIRMED };
    if (word.n == 0 || word.n >= sizeof made.type || (types && !dgm_type_of(types, word)))
        return no_type(types, word, err);
    memcpy(made.type, word.p, word.n);
    while ((word = next_word(&rest)).n > 0) {
        if (dgm_view_eq(word, DGM_VIEW("-")) || take_mark(word, &made))
            continue;
        if (dgm_view_eq(word, DGM_VIEW(">")) && side == 0) {
            side = 1;
            continue;
        }
        if (!is_code(word))
            return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                            "'%.*s' is no code of an actor (TUR, TURGOV, ---REB), no polarity and"
                            " no status",
                            (int)DGM_MIN(word.n, 40), word.p);
        if (!add_code(&made, side, word))
            return dgm_fail(err, DGM_ELIMIT, NULL, 0, "an event has at most %d %s", DGM_MOST_CODES,
                            side ? "recipients" : "actors");
    }
    *out = made;
    return DGM_OK;
}

/* ---- writing -------------------------------------------------------------------------------- */

static void put_side(const dgm_coding *c, uint32_t side, dgm_buffer *out)
{
    for (uint32_t i = 0; i < c->n[side]; i++)
        dgm_buffer_printf(out, "%s%s", i ? "," : "", c->codes[side][i]);
    if (c->n[side] == 0)
        dgm_buffer_put(out, DGM_VIEW("-"));
}

void dgm_coding_write(const dgm_coding *c, dgm_buffer *out)
{
    dgm_buffer_printf(out, "%s ", c->type);
    put_side(c, 0, out);
    dgm_buffer_put(out, DGM_VIEW(" > "));
    put_side(c, 1, out);
    if (c->polarity != DGM_AFFIRMED)
        dgm_buffer_printf(out, " %s", dgm_polarity_name(c->polarity));
    if (c->status != DGM_ACTUAL)
        dgm_buffer_printf(out, " %s", dgm_factual_status_name(c->status));
}
