update dossier set holder = json_extract(state, '$.assignee.name'), proposal = json_extract(state, '$.proposal.outcome');
