### What a person is in a school, network, association, region or on the platform.

role-platform-admin = Platform administrator
role-association-officer = Association officer
role-editor = Editor
role-trainer = Trainer / methodologist
role-coordinator = School coordinator
role-leading-coordinator = Coordinator of a Leading school
role-magnetic-coordinator = Coordinator of a Magnetic school
role-teacher = Teacher
role-knowledgeable-other = Knowledgeable other

school-leading = Leading school
school-magnetic = Magnetic school
