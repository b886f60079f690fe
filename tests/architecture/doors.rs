//! What is named in one place: crates, calls, and the doors that lead past the masking and the rights.

/// Crates and calls that are named in one place, the files or folders after them.
pub const NAMED_ONLY_IN: &[(&str, &[&str])] = &[
    ("sqlx", &["src/store/"]),
    ("teloxide", &["src/channels/telegram/"]),
    ("axum", &["src/http/"]),
    ("base64", &["src/store/", "src/http/lists.rs"]),
    ("docx_rs", &["src/papers/"]),
    ("tower_http", &["src/http/"]),
    ("askama", &["src/http/"]),
    ("cookie", &["src/http/"]),
    ("fluent_bundle", &["src/render/"]),
    ("governor", &["src/delivery/", "src/http/pace.rs"]),
    ("hyper", &["src/http/"]),
    ("hyper_util", &["src/http/"]),
    ("clap", &["src/cli/"]),
    ("calamine", &["src/lists/file/"]),
    ("quick_xml", &["src/lists/file/"]),
    ("encoding_rs", &["src/lists/"]),
    ("rust_xlsxwriter", &["src/lists/form.rs"]),
    // A name itself: sentences hold ids, and only those who may read all names get it.
    (
        "in_full",
        &[
            "src/domain/name.rs",
            "src/store/types.rs",
            "src/render/format.rs",
            "src/disclosure.rs",
            "src/papers/mod.rs",
            "src/app/demo.rs",
            "src/http/transcript.rs",
            "src/cli/listing.rs",
        ],
    ),
    // What a person typed, beside the masking: for papers, as a name, as the audit's subject, and where a rule
    // reads it.
    (
        "as_written",
        &[
            "src/domain/typed.rs",
            "src/store/types.rs",
            "src/render/format.rs",
            "src/disclosure.rs",
            "src/papers/mod.rs",
            "src/operations/cases/taking.rs",
            "src/operations/cited.rs",
            "src/operations/classes/",
            "src/operations/offices.rs",
            "src/operations/imports/export.rs",
            "src/operations/organisation.rs",
            "src/operations/people.rs",
            "src/operations/personnel.rs",
            "src/operations/personnel/said.rs",
            "src/operations/structure.rs",
            // The name of the organisation, to whoever gave it.
            "src/cli/init.rs",
        ],
    ),
    // Text that is shown as it is: of the settings, of forms and of the program, never typed in a dialogue.
    // The rest of what a sentence holds has a type that says what it is.
    (
        "unmasked",
        &[
            "src/message.rs",
            "src/papers/mod.rs",
            "src/app/demo.rs",
            "src/phrasing.rs",
            "src/phrasing/road.rs",
            // The name of the organisation, and doubts about its settings.
            "src/assistant/start.rs",
            "src/assistant/regulations.rs",
            // Codes made by chance.
            "src/assistant/groups.rs",
            "src/assistant/engine/handling.rs",
            // A bar.
            "src/assistant/targets/table.rs",
        ],
    ),
    ("Arg::Text", &["src/message.rs", "src/render/format.rs"]),
    ("StoredPerson", &["src/message.rs", "src/render/", "src/disclosure.rs"]),
    ("StoredCandidate", &["src/message.rs", "src/render/"]),
    // Time and chance come in by one door each, so that a test can hold it.
    ("Utc::now", &["src/clock.rs"]),
    ("Local::now", &[]),
    ("SystemTime::now", &[]),
    // Only forward: for pacing and for the lease of the leader, never for what is due.
    ("std::time::Instant", &["src/clock.rs", "src/app/leader.rs", "src/store/lease.rs"]),
    ("rand::rng", &["src/app/chance.rs"]),
    ("rand::random", &[]),
    // Settings come through `config`, which the command line hands the environment.
    ("env::var", &[]),
    ("env::var_os", &[]),
    ("env::vars", &[]),
    ("env::vars_os", &["src/cli/mod.rs"]),
];

/// What binds a person to units, and the files that read it. Who may do what is decided in
/// `operations/rights.rs` alone; the others only tell which offices somebody holds, or mean something
/// else by the word.
pub const BONDS: &[(&str, &[&str])] = &[
    (
        ".offices",
        &[
            RIGHTS,
            "src/assistant/help.rs",
            "src/cli/listing.rs",
            // Of somebody who is to be erased, and of the demo.
            "src/operations/erasure.rs",
            "src/store/seed.rs",
        ],
    ),
    (".guides", &[RIGHTS, "src/assistant/help.rs", "src/cli/listing.rs"]),
    // A process leads.
    (".leads(", &["src/app/polling.rs"]),
    (".oversees(", &[]),
    (".speaks_for(", &[]),
];

const RIGHTS: &str = "src/operations/rights.rs";
