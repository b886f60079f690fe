-- Chats whose menu of commands does not fit any more who sits there, until it is shown anew. Whoever
-- changes an office writes it down; whoever sends shows it.
CREATE TABLE menu_due (
    bot TEXT NOT NULL,
    chat TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (bot, chat)
);
