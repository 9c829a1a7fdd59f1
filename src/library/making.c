#include "library/making.h"

#include <errno.h>
#include <string.h>

/* ---- how events are written ----------------------------------------------------------------- */

dgm_status dgm_writing_of(const dgm_options *options, dgm_writing *out, dgm_err *err)
{
    const char *least = dgm_options_value(options, "min-confidence");
    *out = (dgm_writing) { .options = { .filter = &out->filter } };
    out->options.without_text = dgm_options_given(options, "without-text");
    if (!dgm_output_format_of(dgm_view_of(dgm_options_value(options, "format")),
                              &out->options.format) ||
        !dgm_event_filter_of(dgm_options_value(options, "polarity"),
                             dgm_options_value(options, "status"),
                             dgm_options_value(options, "attribution"),
                             dgm_options_value(options, "history"), &out->filter))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "an unknown format or filter");
    out->filter.stated_only = strcmp(dgm_options_value(options, "inferred"), "no") == 0;
    if (!dgm_parse_double(dgm_view_of(least), &out->filter.least_confidence) ||
        out->filter.least_confidence < 0 || out->filter.least_confidence > 1)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "--min-confidence takes a number from 0 to 1, not '%s'", least);
    return DGM_OK;
}

dgm_status dgm_writing_load(dgm_writing *writing, const char *tables_dirs,
                            dgm_complaints *complaints, dgm_err *err)
{
    if (!dgm_output_needs_codes(writing->options.format))
        return DGM_OK;
    dgm_status status = dgm_codes_load(tables_dirs, complaints, &writing->codes, err);
    if (status == DGM_OK)
        writing->options.codes = writing->codes;
    return status;
}

void dgm_writing_done(dgm_writing *writing)
{
    dgm_codes_free(writing->codes);
    writing->codes = NULL;
}

/* ---- products ------------------------------------------------------------------------------- */

const dgm_option *dgm_making_rows(dgm_making_kind product, size_t *n)
{
    static const dgm_option events[] = { DGM_OPTIONS_WRITING, DGM_OPTION_SHOW,
                                         DGM_OPTIONS_READING },
                            quotes[] = { DGM_OPTION_QUOTES_FORMAT, DGM_OPTIONS_READING },
                            trees[] = { DGM_OPTION_ACTORS, DGM_OPTIONS_READING },
                            others[] = { DGM_OPTIONS_READING };
    switch (product) {
    case DGM_MAKES_EVENTS:
        *n = DGM_LEN(events);
        return events;
    case DGM_MAKES_QUOTES:
        *n = DGM_LEN(quotes);
        return quotes;
    case DGM_MAKES_TREES:
        *n = DGM_LEN(trees);
        return trees;
    default:
        *n = DGM_LEN(others);
        return others;
    }
}

/* What stands before the rows of a story, which only a table has. */
static dgm_status take_show(const dgm_options *options, dgm_writing *writing, dgm_err *err)
{
    const char *show = dgm_options_value(options, "show");
    if (!show)
        return DGM_OK;
    writing->options.show = strcmp(show, "text") == 0 ? DGM_SHOW_TEXT : DGM_SHOW_TITLES;
    if (writing->options.without_text)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--show does not go with --without-text");
    if (writing->options.format == DGM_OUTPUT_TABLE)
        return DGM_OK;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--show goes with --format table only");
}

dgm_status dgm_making_of(const dgm_options *options, dgm_making_kind product, dgm_making *out,
                         dgm_err *err)
{
    *out = (dgm_making) { .product = product };
    if (product == DGM_MAKES_TREES)
        out->with_actors = dgm_options_given(options, "actors");
    if (product == DGM_MAKES_QUOTES &&
        !dgm_output_format_of(dgm_view_of(dgm_options_value(options, "format")),
                              &out->writing.options.format))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "an unknown format");
    if (product != DGM_MAKES_EVENTS)
        return DGM_OK;
    dgm_status status = dgm_writing_of(options, &out->writing, err);
    return status == DGM_OK ? take_show(options, &out->writing, err) : status;
}

bool dgm_making_needs_date(dgm_making_kind product)
{
    return product != DGM_MAKES_TREES && product != DGM_MAKES_STORIES &&
           product != DGM_MAKES_EXPLANATION;
}

bool dgm_making_parses_only(const dgm_making *making)
{
    return making->product == DGM_MAKES_TREES && !making->with_actors;
}

/* ---- one story ------------------------------------------------------------------------------ */

void dgm_making_write(const dgm_making *making, const dgm_coder *coder, const dgm_document *doc,
                      dgm_tally *tally, dgm_buffer *out)
{
    dgm_output_options counting = making->writing.options;
    counting.tally = tally;
    switch (making->product) {
    case DGM_MAKES_EVENTS:
        dgm_write_events(&counting, coder->events, doc, out);
        break;
    case DGM_MAKES_QUOTES:
        dgm_write_quotes(&making->writing.options, doc, out);
        break;
    case DGM_MAKES_PLACES:
        dgm_write_places(doc, out);
        break;
    case DGM_MAKES_TIMES:
        dgm_write_times(doc, out);
        break;
    case DGM_MAKES_TREES:
        dgm_write_conllu(doc, out);
        break;
    case DGM_MAKES_STORIES:
        dgm_write_story(doc, out);
        break;
    case DGM_MAKES_EXPLANATION:
    case DGM_N_PRODUCTS:
        dgm_write_explanation(doc, false, out);
        break;
    }
}

static void tell_language(dgm_document *doc)
{
    char language[8];
    dgm_language_of(doc->text, language);
    doc->language = dgm_arena_copy(doc->arena, dgm_view_of(language));
}

dgm_status dgm_making_code(const dgm_making *making, dgm_story *story, dgm_document *doc,
                           dgm_buffer *out, dgm_err *err)
{
    dgm_status status = DGM_OK;
    doc->explain = making->product == DGM_MAKES_EXPLANATION;
    if (dgm_making_parses_only(making))
        status = dgm_story_parse(story, doc, err);
    else if (making->product == DGM_MAKES_STORIES)
        tell_language(doc);
    else
        status = dgm_story_code(story, doc, err);
    if (status != DGM_OK)
        return status;
    dgm_making_write(making, dgm_story_coder(story), doc, NULL, out);
    return out->failed || dgm_arena_failed(doc->arena)
               ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output")
               : DGM_OK;
}

/* ---- a file --------------------------------------------------------------------------------- */

dgm_status dgm_making_begin(dgm_making *making, dgm_put_fn put, void *context, dgm_err *err)
{
    dgm_buffer header = { 0 };
    making->put = put;
    making->context = context;
    if (making->product == DGM_MAKES_EVENTS)
        return dgm_output_open(&making->writing.options, put, context, &making->events, err);
    if (making->product == DGM_MAKES_QUOTES)
        dgm_write_quotes_header(&making->writing.options, &header);
    dgm_status status = header.failed
                            ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output")
                            : dgm_making_put(making, (dgm_view) { header.p, header.n }, err);
    dgm_buffer_done(&header);
    return status;
}

dgm_status dgm_making_put(dgm_making *making, dgm_view bytes, dgm_err *err)
{
    if (making->events)
        return dgm_output_put(making->events, bytes, err);
    if (bytes.n == 0 || making->put(making->context, bytes))
        return DGM_OK;
    return dgm_fail(err, DGM_EIO, NULL, 0, "%s", strerror(errno));
}

dgm_status dgm_making_end(dgm_making *making, dgm_err *err)
{
    dgm_output *events = making->events;
    making->events = NULL;
    return dgm_output_close(events, err);
}
