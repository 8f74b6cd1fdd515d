# Officers of closed agencies
stranded-title = Officers of closed agencies
stranded-lead = The requests of these agencies have passed to their successors. Move the officers' accounts too, so that they can continue to work.
stranded-none = No officer is left at a closed agency.
stranded-until = in operation until the end of { $day }
stranded-who = Officer
stranded-role = Role
stranded-to = Move to
stranded-move = Move
stranded-moved-before = This officer has just been moved.
stranded-closed = Your agency has closed
stranded-closed-remedy = { $name } was in operation until the end of { $until }; its requests have passed to { $heirs }. Ask the administrator to move your account to the new agency, then open this page again.
stranded-closed-remedy-alone = { $name } was in operation until the end of { $until }. Ask the administrator to move your account to the new agency, then open this page again.
