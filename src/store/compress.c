/* The records of a story, compressed with zstd (RFC 8878). What all records have in common, their
 * keys above all, stands in a dictionary, and so does the story's text, which is stored beside them
 * and from which they quote: so a story of one event is made small as well. */
#include "store/packed.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { LEVEL = 5, MOST_TEXT = 1 << 16, MOST_BYTES = 1 << 30 };

/* The first byte says by which dictionary. One that stores were written with never changes. Lines
 * that are not compressed are read as well, for whoever puts records right by hand. */
enum { NOT_COMPRESSED, DICTIONARY_1 };
static const char dictionary_1[] =
    "\"Reuters\",\"story_url\":\"https://www.,\"event_mode\":\"air\",\"contexts\":[\"military\",\""
    "diplomatic\",\"legal\",\"economic\",\"election\",\"terrorism\",\"human_rights\",\"territory\"]"
    ","
    "\"date_basis\":\"clause\",\"event_type\":\"CONSULT\",\"event_mode\":\"meet\",\"event_type\":"
    "\"PROTEST\",\"event_mode\":\"demo\",\"event_type\":\"ACCUSE\",\"event_type\":\"SUPPORT\","
    "\"event_type\":\"REJECT\",\"event_type\":\"REQUEST\",\"event_type\":\"COERCE\",\"event_mode\":"
    "\"arrest\",\"event_type\":\"SANCTION\",\"event_type\":\"THREATEN\",\"event_type\":\"RETREAT\","
    "\"event_type\":\"COOPERATE\",\"event_type\":\"MOBILIZE\",\"event_type\":\"CONCEDE\","
    "\"sector\":"
    "\"CVL\",\"sector\":\"MIL\",\"sector\":\"OPP\",\"sector\":\"REB\",\"sector\":\"JUD\","
    "\"sector\":"
    "\"COP\",\"sector\":\"LEG\",\"name\":\"armed forces of \",\"name\":\"police of \",\"name\":"
    "\"citizens of "
    "\",\"via\":\"inferred\"},\"via\":\"pronoun\"},\"via\":\"name\"},\"via\":\"noun\"}"
    ",\"kind\":\"accuse\",\"kind\":\"deny\",\"kind\":\"promise\",\"kind\":\"report\",\"polarity\":"
    "\"negated\",\"status\":\"intended\",\"status\":\"possible\",\"status\":\"requested\","
    "\"status\":"
    "\"conditional\",\"historical\":true,\"condition\":{\"text\":\"if ,\"basis\":\"dateline\"},"
    "\"basis\":\"story\"},\"basis\":\"sentence\"},\"precision\":\"country\",\"precision\":"
    "\"admin1\""
    ",\"size\":{\"dead\":{\"min\":12,\"max\":12,\"text\":\"at least 12\",\"begin\":,\"injured\":{"
    "\"min\":,\"judge\":{\"score\":0.91,\"rule_type\":null},\"confidence\":0.75}\n"
    "{\"event_id\":\"4c1d9ae0b7f25386\",\"story_id\":\"wire-2024-11-03-07\",\"story_date\":"
    "\"2024-11-03\",\"story_title\":\"Ministers of both countries are to meet\",\"story_source\":"
    "\"Associated Press\",\"story_url\":null,\"sentence\":2,\"text\":\"The government said on "
    "Sunday that the two presidents would meet in the capital.\",\"event_date\":\"2024-11-03\","
    "\"event_date_end\":null,\"date_basis\":\"sentence\",\"event_type\":\"AGREE\",\"event_mode\":"
    "null,\"contexts\":[],\"cameo\":\"057\",\"quad\":1,\"goldstein\":4,\"intensity\":2.5,"
    "\"actors\":"
    "[{\"text\":\"The government\",\"begin\":210,\"end\":224,\"begin_byte\":210,\"end_byte\":224,"
    "\"code\":\"USAGOV\",\"country\":\"USA\",\"sector\":\"GOV\",\"other_sectors\":[],\"name\":"
    "\"government of the United States\",\"id\":null,\"via\":\"metonymy\"}],\"recipients\":[],"
    "\"polarity\":\"affirmed\",\"status\":\"intended\",\"historical\":false,\"condition\":null,"
    "\"attribution\":[{\"speaker\":{\"text\":\"The government\",\"begin\":210,\"end\":224,"
    "\"begin_byte\":210,\"end_byte\":224,\"code\":\"RUSGOV\",\"country\":\"RUS\",\"sector\":"
    "\"GOV\","
    "\"other_sectors\":[],\"name\":\"government of Russia\",\"id\":null,\"via\":\"name\"},\"cue\":"
    "\"said\",\"begin\":225,\"end\":229,\"kind\":\"say\"}],\"content_of\":null,\"contradicts\":[],"
    "\"locations\":[{\"text\":\"Geneva\",\"begin\":301,\"end\":307,\"name\":\"Geneva\",\"country\":"
    "\"CHE\",\"admin1\":\"Geneva\",\"lat\":46.202,\"lon\":6.1457,\"geonames_id\":2660646,"
    "\"precision\":\"town\",\"basis\":\"clause\"}],\"trigger\":{\"text\":\"meet\",\"begin\":288,"
    "\"end\":292,\"begin_byte\":288,\"end_byte\":292},\"rule\":\"v0412\",\"judge\":{\"score\":0.72,"
    "\"rule_type\":\"CONSULT\"},\"confidence\":0.8}\n"
    "{\"event_id\":\"93b07e61cf48d25a\",\"story_id\":\"\",\"story_date\":\"2025-02-14\","
    "\"story_title\":null,\"story_source\":\"BBC News\",\"story_url\":null,\"sentence\":0,\"text\":"
    "\"At least 12 people are killed and 30 others are injured in an attack on a village in the "
    "north of the country.\",\"event_date\":\"2025-02-14\",\"event_date_end\":null,\"date_basis\":"
    "\"story\",\"event_type\":\"ASSAULT\",\"event_mode\":null,\"contexts\":[\"military\"],"
    "\"cameo\":"
    "\"190\",\"quad\":4,\"goldstein\":-10,\"intensity\":-9.5,\"actors\":[{\"text\":\"\",\"begin\":"
    "0,"
    "\"end\":8,\"begin_byte\":0,\"end_byte\":8,\"code\":\"ISRMIL\",\"country\":\"ISR\",\"sector\":"
    "\"MIL\",\"other_sectors\":[],\"name\":null,\"id\":null,\"via\":\"noun\"}],\"recipients\":[{"
    "\"text\":\"a village\",\"begin\":69,\"end\":78,\"begin_byte\":69,\"end_byte\":78,\"code\":"
    "\"PSECVL\",\"country\":\"PSE\",\"sector\":\"CVL\",\"other_sectors\":[],\"name\":null,\"id\":"
    "null,\"via\":\"noun\"}],\"polarity\":\"affirmed\",\"status\":\"actual\",\"historical\":false,"
    "\"condition\":null,\"attribution\":[],\"content_of\":null,\"contradicts\":[],\"locations\":[],"
    "\"trigger\":{\"text\":\"attack\",\"begin\":59,\"end\":65,\"begin_byte\":59,\"end_byte\":65},"
    "\"rule\":\"n0107\",\"judge\":{\"score\":0.98,\"rule_type\":\"ASSAULT\"},\"confidence\":0.9}\n";

/* The dictionary and, after it, as much of the text as is worth the time. The caller frees it. */
static char *dictionary_of(dgm_view text, size_t *n)
{
    size_t n_text = DGM_MIN(text.n, MOST_TEXT), n_fixed = sizeof dictionary_1 - 1;
    char *dictionary = malloc(n_fixed + n_text + 1);
    if (!dictionary)
        return NULL;
    memcpy(dictionary, dictionary_1, n_fixed);
    if (n_text > 0)
        memcpy(dictionary + n_fixed, text.p, n_text);
    *n = n_fixed + n_text;
    return dictionary;
}

void dgm_records_compress(dgm_view lines, dgm_view text, dgm_buffer *out)
{
    size_t room = ZSTD_compressBound(lines.n), n_dictionary = 0;
    char *bytes = malloc(room + 1), *dictionary = dictionary_of(text, &n_dictionary);
    ZSTD_CCtx *zstd = ZSTD_createCCtx();
    if (bytes && dictionary && zstd) {
        size_t n = ZSTD_compress_usingDict(zstd, bytes + 1, room, lines.p, lines.n, dictionary,
                                           n_dictionary, LEVEL);
        bytes[0] = DICTIONARY_1;
        if (ZSTD_isError(n))
            out->failed = true;
        else
            dgm_buffer_put(out, (dgm_view) { bytes, n + 1 });
    } else {
        out->failed = true;
    }
    ZSTD_freeCCtx(zstd);
    free(dictionary);
    free(bytes);
}

static dgm_status no_memory(dgm_err *err)
{
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the records of a story");
}

static dgm_status expand(dgm_view bytes, dgm_view text, char *out, size_t size, dgm_err *err)
{
    size_t n_dictionary = 0, n = 0;
    char *dictionary = dictionary_of(text, &n_dictionary);
    ZSTD_DCtx *zstd = ZSTD_createDCtx();
    bool room = dictionary && zstd;
    if (room)
        n = ZSTD_decompress_usingDict(zstd, out, size, bytes.p, bytes.n, dictionary, n_dictionary);
    ZSTD_freeDCtx(zstd);
    free(dictionary);
    if (!room)
        return no_memory(err);
    return n == size /* errors are numbers larger than any size */
               ? DGM_OK
               : dgm_fail(err, DGM_EFORMAT, NULL, 0,
                          "the records of a story are damaged, or its text was changed");
}

dgm_status dgm_records_expand(dgm_view bytes, dgm_view text, dgm_buffer *out, dgm_err *err)
{
    if (bytes.n == 0 || bytes.p[0] > DICTIONARY_1)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the records of a story are of an unknown kind");
    char kind = bytes.p[0];
    bytes = dgm_view_slice(bytes, 1, bytes.n);
    if (kind == NOT_COMPRESSED) {
        dgm_buffer_put(out, bytes);
        return out->failed ? no_memory(err) : DGM_OK;
    }
    unsigned long long size = ZSTD_getFrameContentSize(bytes.p, bytes.n);
    if (size > MOST_BYTES) /* so are the two values that mean an error */
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the records of a story are damaged");
    char *lines = malloc((size_t)size + 1);
    dgm_status status = lines ? expand(bytes, text, lines, (size_t)size, err) : no_memory(err);
    if (status == DGM_OK)
        dgm_buffer_put(out, (dgm_view) { lines, (size_t)size });
    free(lines);
    return out->failed ? no_memory(err) : status;
}

dgm_status dgm_shelf_line(dgm_shelf *shelf, const dgm_cell *cells, dgm_view *line, dgm_err *err)
{
    if (shelf->story != cells[0].integer || cells[0].integer == 0) {
        shelf->story = 0;
        shelf->lines.n = 0;
        dgm_status status = dgm_records_expand(cells[1].text, cells[3].text, &shelf->lines, err);
        if (status != DGM_OK)
            return status;
        shelf->story = cells[0].integer;
    }
    dgm_view rest = { shelf->lines.p, shelf->lines.n };
    for (int64_t i = cells[2].integer; i >= 0; i--)
        if (!dgm_view_split(&rest, '\n', line) || line->n == 0)
            return dgm_fail(err, DGM_EFORMAT, NULL, 0, "a story lacks the record of an event");
    return DGM_OK;
}
