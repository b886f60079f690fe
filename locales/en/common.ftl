# What rendering itself says, whatever the feature.

# A message that is nothing but its buttons.
common-choose = Please choose:

# Where there are no buttons, each one is a line.
common-option = { $number }. { $label }
common-options-hint = Reply with the number in front of your choice.

# Under a prompt: the word and the code to type, then what it means.
common-prompt-option = { $answer } – { $label }
common-prompt-hint = Reply with the words at the start of a line, for example: { $example }

# A button that leads into the private chat, where there are no buttons.
common-private-link = { $label }: open a private chat with me and send “/start { $payload }”.

# A paper, where it cannot be fetched: the channel is no place for full names, or it is the console.
common-paper-elsewhere = { $label }: it names people, so it is not sent here; please fetch it on the organisation's chat page (type /hop there).
common-paper-command = { $label }: { $command } FILE.docx

# The file of a notice, where it can be neither put nor fetched.
common-attach-elsewhere = { $label }: on the organisation's own chat page (type /thongbao there).
common-file-elsewhere = { $label }: open { $address } on the organisation's own chat page, in a browser that was confirmed by an invitation.

# What a channel is called, by the bot's name.
channel-name =
    { $bot ->
        [telegram] Telegram
        [web] the chat page
        [console] the command line
        [command] the command line
       *[other] { $bot }
    }
