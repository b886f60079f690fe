# What is said about messages that did not reach their reader.

# To the secretary.
delivery-unreachable = Dear comrade { $name }. A message to { $person }, { $unit }, reached none of their accounts. Please tell them yourself.

# Above a message that goes to a deputy instead.
delivery-instead = This message comes to you because { $person } could not be reached.
