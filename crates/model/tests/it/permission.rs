//! The whole matrix, as a file that is reviewed.

use motcua_model::actor::Role;
use motcua_model::permission::{Action, Relation, may};
use std::fmt::Write;

#[test]
fn the_matrix_of_role_action_and_relation_is_as_reviewed() {
    let mut table = String::new();
    for role in Role::ALL {
        for relation in Relation::ALL {
            let allowed: Vec<_> = Action::ALL
                .into_iter()
                .filter(|a| may(role, *a, relation))
                .map(|a| format!("{a:?}"))
                .collect();
            let _ = writeln!(
                table,
                "{:<14} {:<10} {}",
                role.as_str(),
                format!("{relation:?}"),
                allowed.join(" ")
            );
        }
    }
    insta::assert_snapshot!(table);
}
