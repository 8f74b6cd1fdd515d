# Officers of closed agencies
stranded-title = Officers of closed agencies
stranded-lead = The dossiers of these agencies went to those that took over. Move the officers after them, so that they can work.
stranded-none = No officer is left at a closed agency.
stranded-until = worked until { $day }
stranded-who = Officer
stranded-role = Role
stranded-to = To
stranded-move = Move
stranded-moved-before = This officer was moved a moment ago.
stranded-closed = Your agency has closed
stranded-closed-remedy = { $name } worked until { $until }; its dossiers went to { $heirs }. Ask the administrator to move your account to the new agency, then open this page again.
stranded-closed-remedy-alone = { $name } worked until { $until }. Ask the administrator to move your account to the new agency, then open this page again.
