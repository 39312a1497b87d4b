# Answers to programs that send and fetch files; people see them too.
file-version = This program sends files in a way that is not known here. Update it, or use another one.
file-header = The program left out the header { $name }, or wrote it wrongly. Update the program, or use another one.
file-content-type = The program sent the file in a way that is not known here. Update it, or use another one.
file-method = Nothing can be done here in this way. Go back and try again.
file-offset = The file continues at another place. Ask again how much has arrived, and continue from there.
file-large = The file is too large. Make it smaller, or share a link to it instead.
file-full = You have no room left for this file. Remove files that you no longer need.
file-many = Too many of your uploads are unfinished. Finish or cancel some of them.
file-pieces = The file arrived in too many small pieces. Send it again over a better connection.
file-checksum = The file was damaged on the way. Send the last part again.
file-picture-broken = The picture can’t be read. Save it again as JPEG or PNG and send that.
file-picture-large = The picture has too many pixels. Make it smaller and send it again.
file-picture-kind = Pictures of this kind can’t be cleared of the place where they were taken. Save it as JPEG, PNG, WebP or GIF.
file-away = That is not possible right now. Try again in a minute.
