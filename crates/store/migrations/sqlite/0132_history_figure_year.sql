create index if not exists history_figure_year on history_figure (replaced, year);
