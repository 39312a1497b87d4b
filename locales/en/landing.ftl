### The first page for guests.

landing-title = We study lessons together
landing-lede = Teachers of neighbouring schools ask one question, plan a lesson together, observe it together and share what they found.
landing-join = Join a network
landing-networks = See the networks

# The label of an exercise book: an example.
landing-label-school = School
landing-label-school-text = Secondary school No. 2, Kapshagai
landing-label-subject = Subject
landing-label-subject-text = Mathematics, grade 5
landing-label-question = Question
landing-label-question-text = How do pupils explain their solution, not only the answer?

landing-how-margin = One study
landing-how = Four steps, three lessons
landing-step1 = We ask a question
landing-step1-text = The group chooses one precise question about how pupils learn.
landing-step2 = We plan together
landing-step2-text = In pencil we write what we expect of three pupils.
landing-step3 = We observe the lesson
landing-step3-text = In pen we write what we saw. Then we change the plan and repeat.
landing-step4 = We share
landing-step4-text = The findings stay with the network. A neighbouring school takes them and adapts them.

landing-network-margin = Network
landing-network = Not one teacher alone, but a whole network
landing-network-text = A Leading school brings neighbouring Magnetic schools together. Partnerships, agreements and history are in one place, so a coordinator's time goes to lessons and not to paper.
landing-count-networks = { $count ->
    [one] network is here
   *[other] networks are here
}
landing-count-partnerships = { $count ->
    [one] partnership of two schools is active
   *[other] partnerships of two schools are active
}

landing-survey-margin = Survey of 2020
landing-survey = Lesson Study in Kazakhstan
landing-survey-do = of the schools that answered do Lesson Study
landing-survey-base = schools answered: { $share } of the country's { $whole }

landing-teacher = Are you a teacher?
landing-teacher-text = Ask your school's coordinator for an invitation: it takes them a minute.
