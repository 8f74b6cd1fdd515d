drop table if exists intake;
