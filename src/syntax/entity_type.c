#include "syntax/syntax.h"

const char *dgm_entity_type_name(dgm_entity_type type)
{
    switch (type) {
#define X(id, name)                                                                                \
    case DGM_TYPE_##id:                                                                            \
        return name;
        DGM_ENTITY_TYPE_MAP(X)
#undef X
    default:
        return "_";
    }
}

dgm_entity_type dgm_entity_type_of(dgm_view name)
{
    for (int i = 0; i < DGM_N_ENTITY_TYPES; i++)
        if (dgm_view_eq(name, dgm_view_of(dgm_entity_type_name((dgm_entity_type)i))))
            return (dgm_entity_type)i;
    return DGM_N_ENTITY_TYPES;
}
