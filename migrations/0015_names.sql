-- Names are looked for in what people type, however it is written between the words.
CREATE INDEX person_name_joined ON person ((replace(replace(name_key, ' ', ''), '-', '')));
