### What a person is in a school, network, association, region or on the platform.

role-platform-admin = Platform administrator
role-trainer = Trainer / methodologist
role-coordinator = School coordinator
role-teacher = Teacher

school-leading = Leading school
school-magnetic = Magnetic school

membership-since = since { $date }
membership-end = End the role
membership-end-text = The person loses this role and is signed out everywhere. They can be invited again.
settings-roles = Your roles
