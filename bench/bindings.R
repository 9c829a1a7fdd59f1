# How many events the package of R finds in a file of stories; bench/bindings.py compares its time with the
# program's.
#
#     Rscript bench/bindings.R files STORIES    code_files()
#     Rscript bench/bindings.R texts STORIES    read_stories(), then code_events()
#
# R_LIBS names the folder in which the package is installed.
library(dragoman)
arguments <- commandArgs(trailingOnly = TRUE)
stories <- arguments[2]
events <- switch(arguments[1], files = code_files(stories), texts = code_events(read_stories(stories)))
cat(nrow(events), "\n")
