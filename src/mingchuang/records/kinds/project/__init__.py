"""Budget projects with their performance (财政绩效项目)."""
