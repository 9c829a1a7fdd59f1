/* Stories as they were read, before anything is coded: docs/formats/stories.md. */
#include "output/text.h"

void dgm_write_story(const dgm_document *doc, dgm_buffer *out)
{
    dgm_view basis = doc->date_basis.n ? doc->date_basis : DGM_VIEW("input");
    dgm_buffer_put(out, DGM_VIEW("{\"id\":"));
    dgm_json_string(doc->id, out);
    dgm_json_text_or_null(out, "date", dgm_view_of(doc->date));
    dgm_json_text_or_null(out, "date_basis", doc->date[0] ? basis : DGM_VIEW(""));
    dgm_json_text_or_null(out, "title", doc->title);
    dgm_json_text_or_null(out, "source", doc->source);
    dgm_json_text_or_null(out, "url", doc->url);
    dgm_json_text_or_null(out, "language", doc->language);
    dgm_buffer_put(out, DGM_VIEW(",\"text\":"));
    dgm_json_string(doc->text, out);
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}
