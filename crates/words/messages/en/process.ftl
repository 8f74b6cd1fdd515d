# The process inside the agency, picture and words
process-title = The process inside the agency
process-who = { $role }, { $hours } working hours
process-branch = If { $say }: to “{ $step }”
process-otherwise = Otherwise: to “{ $step }”
process-filled = Filled in by officers
process-fill = To fill in at this step
