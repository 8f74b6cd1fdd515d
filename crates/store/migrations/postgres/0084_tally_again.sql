delete from tally;
