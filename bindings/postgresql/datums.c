#include "datums.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

/* ---- encodings ------------------------------------------------------------------------------ */

char *utf8_of(const text *from)
{
    char *plain = text_to_cstring(from);
    return pg_server_to_any(plain, (int)strlen(plain), PG_UTF8);
}

static bool is_as_it_is(void)
{
    return GetDatabaseEncoding() == PG_UTF8 || GetDatabaseEncoding() == PG_SQL_ASCII;
}

/* Names of the tables know no borders: a database in LATIN1 may hold texts that mention somebody
 * whose name it cannot write. */
static char *converted(const char *utf8, size_t n)
{
    int to = GetDatabaseEncoding();
    Oid proc = FindDefaultConversionProc(PG_UTF8, to);
    if (!OidIsValid(proc))
        ereport(ERROR, errcode(ERRCODE_UNDEFINED_FUNCTION),
                errmsg("no conversion from UTF8 to %s", pg_encoding_to_char(to)));
    if (n > MaxAllocSize / MAX_CONVERSION_GROWTH - 1)
        ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                errmsg("the result is too long to be converted"));
    size_t room = n * MAX_CONVERSION_GROWTH + 1, at = 0, done = 0;
    char *out = palloc(room);
    out[0] = '\0';
    while (done < n) {
        done += (size_t)pg_do_encoding_conversion_buf(
            proc, PG_UTF8, to, (unsigned char *)unconstify(char *, utf8) + done, (int)(n - done),
            (unsigned char *)out + at, (int)(room - at), true);
        at += strlen(out + at);
        if (done >= n)
            break;
        out[at++] = '?';
        out[at] = '\0';
        done += (size_t)pg_utf_mblen((const unsigned char *)utf8 + done);
    }
    return out;
}

text *text_of_utf8(const char *utf8, size_t n)
{
    if (is_as_it_is() || n == 0)
        return cstring_to_text_with_len(utf8, (int)n);
    char *out = converted(utf8, n);
    text *made = cstring_to_text(out);
    pfree(out);
    return made;
}

Datum jsonb_of_utf8(const char *utf8, size_t n)
{
    char *json = is_as_it_is() ? pnstrdup(utf8, n) : converted(utf8, n);
    Datum made = DirectFunctionCall1(jsonb_in, CStringGetDatum(json));
    pfree(json);
    return made;
}

/* ---- the record ----------------------------------------------------------------------------- */

/* PostgreSQL 19 changed what builds a jsonb; there it reads the line once more. */
#if PG_VERSION_NUM < 190000

typedef struct {
    JsonbParseState *state;
    const sql_node *open[SQL_JSON_DEPTH]; /* arrays and objects that have not ended */
    size_t depth;
} record;

static JsonbValue string_value(const char *text, uint32_t n)
{
    JsonbValue value = { .type = jbvString };
    value.val.string.val = unconstify(char *, text);
    value.val.string.len = (int)n;
    return value;
}

/* As jsonb_in() has it, with all the digits that are written. */
static JsonbValue number_value(const sql_node *node)
{
    JsonbValue value = { .type = jbvNumeric };
    if (node->kind == SQL_JSON_WHOLE) {
        value.val.numeric = int64_to_numeric(sql_json_whole_number(node));
        return value;
    }
    Datum made = DirectFunctionCall3(numeric_in, CStringGetDatum(pnstrdup(node->p, node->n)),
                                     ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
    value.val.numeric = DatumGetNumeric(made);
    return value;
}

static JsonbValue scalar_value(const sql_node *node)
{
    switch (node->kind) {
    case SQL_JSON_STRING:
        return string_value(node->p, node->n);
    case SQL_JSON_WHOLE:
    case SQL_JSON_REAL:
        return number_value(node);
    case SQL_JSON_TRUE:
    case SQL_JSON_FALSE:
        return (JsonbValue) { .type = jbvBool, .val.boolean = node->kind == SQL_JSON_TRUE };
    default:
        return (JsonbValue) { .type = jbvNull };
    }
}

static bool is_object(const sql_node *node)
{
    return node->kind == SQL_JSON_OBJECT;
}

static void push_node(record *r, const sql_node *node)
{
    bool in_object = r->depth > 0 && is_object(r->open[r->depth - 1]);
    if (in_object) {
        JsonbValue key = string_value(node->key, node->n_key);
        pushJsonbValue(&r->state, WJB_KEY, &key);
    }
    if (is_object(node) || node->kind == SQL_JSON_ARRAY) {
        pushJsonbValue(&r->state, is_object(node) ? WJB_BEGIN_OBJECT : WJB_BEGIN_ARRAY, NULL);
        r->open[r->depth++] = node;
        return;
    }
    JsonbValue value = scalar_value(node);
    pushJsonbValue(&r->state, in_object ? WJB_VALUE : WJB_ELEM, &value);
}

/* From the nodes of the line, which is an object. */
static Datum jsonb_of_nodes(const sql_json *json)
{
    record r = { .depth = 0 };
    JsonbValue *whole = NULL;
    for (uint32_t i = 0; i < json->n || r.depth > 0;) {
        const sql_node *open = r.depth > 0 ? r.open[r.depth - 1] : NULL;
        if (open && open->past == i) {
            whole =
                pushJsonbValue(&r.state, is_object(open) ? WJB_END_OBJECT : WJB_END_ARRAY, NULL);
            r.depth--;
        } else {
            push_node(&r, &json->nodes[i++]);
        }
    }
    return JsonbPGetDatum(JsonbValueToJsonb(whole));
}

static Datum record_of(const sql_cell *cell)
{
    bool plain = is_as_it_is() && cell->n <= JENTRY_OFFLENMASK;
    return plain && sql_json_is(sql_json_whole(cell->json), SQL_JSON_OBJECT)
               ? jsonb_of_nodes(cell->json)
               : jsonb_of_utf8(cell->text, cell->n);
}

#else

static Datum record_of(const sql_cell *cell)
{
    return jsonb_of_utf8(cell->text, cell->n);
}

#endif

/* ---- cells ---------------------------------------------------------------------------------- */

/* YYYY-MM-DD; what no calendar has is null. */
static Datum day_of(const sql_cell *cell, bool *is_null)
{
    int year = 0, month = 0, day = 0;
    char plain[16] = "";
    memcpy(plain, cell->text, Min(cell->n, sizeof plain - 1));
    if (sscanf(plain, "%4d-%2d-%2d", &year, &month, &day) != 3 || year < 1 || month < 1 ||
        month > 12 || day < 1 || day > 31) {
        *is_null = true;
        return (Datum)0;
    }
    return DateADTGetDatum(date2j(year, month, day) - POSTGRES_EPOCH_JDATE);
}

static Datum array_of(const sql_cell *list)
{
    char buf[SQL_POINT];
    const char *words;
    size_t n_words;
    int n = (int)sql_list_count(list), lower = 1;
    if (n == 0)
        return PointerGetDatum(construct_empty_array(TEXTOID));
    Datum *texts = palloc0(sizeof(Datum) * (size_t)n);
    bool *nulls = palloc0(sizeof(bool) * (size_t)n);
    for (int i = 0; i < n; i++) {
        nulls[i] = !sql_list_at(list, (size_t)i, buf, &words, &n_words);
        if (!nulls[i])
            texts[i] = PointerGetDatum(text_of_utf8(words, n_words));
    }
    return PointerGetDatum(
        construct_md_array(texts, nulls, 1, &n, &lower, TEXTOID, -1, false, TYPALIGN_INT));
}

Datum datum_of_cell(const sql_cell *cell, bool *is_null)
{
    *is_null = cell->type == SQL_IS_NULL;
    switch (cell->type) {
    case SQL_IS_TEXT:
        if (cell->column->kind == SQL_DAY)
            return day_of(cell, is_null);
        if (cell->column->kind == SQL_RECORD)
            return record_of(cell);
        return PointerGetDatum(text_of_utf8(cell->text, cell->n));
    case SQL_IS_WHOLE:
        if (cell->column->kind == SQL_YES)
            return BoolGetDatum(cell->whole != 0);
        return Int32GetDatum((int32)cell->whole);
    case SQL_IS_REAL:
        return Float8GetDatum(cell->real);
    case SQL_IS_LIST:
        return array_of(cell);
    default:
        return (Datum)0;
    }
}
