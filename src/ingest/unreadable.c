/* Files that people hand over and that no reader takes, known by their first bytes, so that they
 * are called by their name instead of being read as text. */
#include "ingest/reader.h"

#include <string.h>

typedef struct {
    size_t at; /* where the magic stands */
    const char *magic, *what, *advice;
} signature;

#define OFFICE  "save it as plain text or as HTML first"
#define UNPACK  "unpack it first"
#define NO_TEXT "there is no text in it"

/* The first that fits: what is packed in a zip is told by the names in it. */
static const signature *signatures(size_t *n)
{
    static const signature all[] = {
        { 0, "%PDF-", "a PDF", "pdftotext makes text of it" },
        { 0, "{\\rtf", "a document in RTF", OFFICE },
        { 0, "\xD0\xCF\x11\xE0", "a document of Microsoft Office (.doc, .xls)", OFFICE },
        { 0, "7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK },
        { 0, "Rar!", "a RAR archive", UNPACK },
        { 0, "BZh", "compressed with bzip2", "decompress it first (bzip2 -dc)" },
        { 0,
          "\xFD"
          "7zXZ",
          "compressed with xz", "decompress it first (xz -dc)" },
        { 257, "ustar", "a tar archive", "unpack it first; -r reads folders" },
        { 0, "SQLite format 3", "a database of SQLite", "export a table as CSV first" },
        { 0, "PAR1", "a Parquet file", "export it as CSV or JSON Lines first" },
        { 0, "\x89PNG", "a picture (PNG)", NO_TEXT },
        { 0, "\xFF\xD8\xFF", "a picture (JPEG)", NO_TEXT },
        { 0, "GIF8", "a picture (GIF)", NO_TEXT },
        { 0,
          "\x7F"
          "ELF",
          "a program", NO_TEXT },
        { 0, "\x1F\x8B", "compressed with gzip twice", "gzip -dc undoes the outer one" },
    };
    *n = DGM_LEN(all);
    return all;
}

static const char *zip(dgm_view first, const char **advice)
{
    static const struct {
        const char *name, *what;
    } names[] = {
        { "word/", "a Word document (.docx)" },
        { "xl/", "an Excel workbook (.xlsx)" },
        { "ppt/", "a PowerPoint presentation (.pptx)" },
        { "opendocument.text", "an OpenDocument text (.odt)" },
        { "opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)" },
        { "application/epub", "an EPUB" },
        { "[Content_Types].xml", "a document of Microsoft Office (.docx, .xlsx)" },
    };
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        if (dgm_view_find(first, dgm_view_of(names[i].name)) != SIZE_MAX) {
            *advice = OFFICE;
            return names[i].what;
        }
    }
    *advice = UNPACK;
    return "a zip archive";
}

/* Latin letters take two bytes in UTF-16 and four in UTF-32, of which all but one are zero: which
 * one tells the order where no mark does. */
static const char *wide(dgm_view first, const char **advice)
{
    enum { LOOKED_AT = 256, FEWEST = 16 };
#define ICONV(name) "iconv -f " name " -t UTF-8 makes UTF-8 of it"
    static const struct {
        dgm_view mark;
        bool zero[4]; /* of four bytes, where there is no mark */
        const char *what, *advice;
    } all[] = {
        { { "\xFF\xFE\0\0", 4 }, { 0 }, "text in UTF-32", ICONV("UTF-32") },
        { { "\0\0\xFE\xFF", 4 }, { 0 }, "text in UTF-32", ICONV("UTF-32") },
        { { "\xFF\xFE", 2 }, { 0 }, "text in UTF-16", ICONV("UTF-16") },
        { { "\xFE\xFF", 2 }, { 0 }, "text in UTF-16", ICONV("UTF-16") },
        { { "", 0 }, { 0, 1, 1, 1 }, "text in UTF-32", ICONV("UTF-32LE") },
        { { "", 0 }, { 1, 1, 1, 0 }, "text in UTF-32", ICONV("UTF-32BE") },
        { { "", 0 }, { 0, 1, 0, 1 }, "text in UTF-16", ICONV("UTF-16LE") },
        { { "", 0 }, { 1, 0, 1, 0 }, "text in UTF-16", ICONV("UTF-16BE") },
    };
#undef ICONV
    size_t n = DGM_MIN(first.n, (size_t)LOOKED_AT) / 4, zeros[4] = { 0 };
    for (size_t i = 0; i < 4 * n; i++)
        zeros[i % 4] += first.p[i] == '\0';
    for (size_t i = 0; i < DGM_LEN(all); i++) {
        bool marked = all[i].mark.n > 0,
             fits = marked ? dgm_view_starts(first, all[i].mark) : 4 * n >= FEWEST;
        for (size_t k = 0; k < 4 && !marked; k++) /* an eighth may be other letters */
            fits = fits && (all[i].zero[k] ? zeros[k] >= n - n / 8 : zeros[k] <= n / 8);
        if (fits) {
            *advice = all[i].advice;
            return all[i].what;
        }
    }
    return NULL;
}

const char *dgm_unreadable(dgm_view first, const char **advice)
{
    size_t n;
    const signature *all = signatures(&n);
    if (dgm_view_starts(first, DGM_VIEW("PK\x03\x04")))
        return zip(first, advice);
    const char *what = wide(first, advice);
    if (what)
        return what;
    for (size_t i = 0; i < n; i++) {
        dgm_view magic = dgm_view_of(all[i].magic);
        if (dgm_view_eq(dgm_view_slice(first, all[i].at, all[i].at + magic.n), magic)) {
            *advice = all[i].advice;
            return all[i].what;
        }
    }
    if (dgm_view_starts(dgm_view_trim(first), DGM_VIEW("<?xml"))) {
        *advice = "its root element is none of theirs; --from says what it is";
        return "XML of another kind";
    }
    return NULL;
}
