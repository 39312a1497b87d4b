# On paper.
print-page = { $page } of { $pages }
print-schools = Schools
print-network = Network
print-method = Method
print-class = Class
print-period = Lessons taught
print-days = { $from } – { $to }
print-shared = Shared
print-number = No.
print-topic = Topic
print-taught = Taught
