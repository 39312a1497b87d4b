//! What everybody is asked to try. `<name>` is the id of something in [`super::world`], `<name.v>` its version.

/// One thing to try.
pub struct Case {
    /// The root field, and what sets this case apart.
    pub name: &'static str,
    /// In brackets, or nothing.
    pub arguments: &'static str,
    /// What is asked of the answer; a mutation's user errors when empty.
    select: &'static str,
}

impl Case {
    /// The root field.
    pub fn field(&self) -> &'static str {
        self.name.split([' ', '.']).next().unwrap_or_default()
    }

    /// `Query`, `Mutation` or `Subscription`.
    pub fn root(&self) -> &'static str {
        match self.select {
            "" => "Mutation",
            select if select.starts_with('~') => "Subscription",
            _ => "Query",
        }
    }

    /// The whole document, with its placeholders.
    pub fn document(&self) -> String {
        let (field, arguments) = (self.field(), self.arguments);
        match self.root() {
            "Mutation" => format!(
                "mutation {{ {field}{arguments} {{ userErrors {{ code field message }} }} }}"
            ),
            "Subscription" => format!(
                "subscription {{ {field}{arguments} {} }}",
                self.select.trim_start_matches('~')
            ),
            _ => format!("{{ {field}{arguments} {} }}", self.select),
        }
    }
}

const fn read(name: &'static str, arguments: &'static str, select: &'static str) -> Case {
    Case {
        name,
        arguments,
        select,
    }
}

const fn act(name: &'static str, arguments: &'static str) -> Case {
    Case {
        name,
        arguments,
        select: "",
    }
}

/// Everything that is tried.
pub const CASES: &[Case] = &[
    // Reading.
    read("audit", "(first: 100)", "{ totalCount }"),
    read("invitation", "(token: <invitation.token>)", "{ email }"),
    read(
        "invitation of no token",
        "(token: \"inv_nothing\")",
        "{ email }",
    ),
    read("invitations", "", "{ totalCount }"),
    read("invitations.email", "", "{ nodes { email } }"),
    read("network", "(id: <network>)", "{ theme }"),
    read(
        "network.partnerships",
        "(id: <network>)",
        "{ partnerships { totalCount } }",
    ),
    read(
        "network.viewerCanUpdate",
        "(id: <network>)",
        "{ viewerCanUpdate }",
    ),
    read("networks", "", "{ totalCount }"),
    read(
        "node unknown",
        "(id: \"prt_0192f0c1d2e37000800000000000abcd\")",
        "{ id }",
    ),
    read(
        "node another kind",
        "(id: \"sch_0192f0c1d2e37000800000000000abcd\")",
        "{ id }",
    ),
    read("node of a partnership waiting", "(id: <invited>)", "{ id }"),
    read("node of an active partnership", "(id: <active>)", "{ id }"),
    read("node of a paused partnership", "(id: <paused>)", "{ id }"),
    read("node of a person", "(id: <person.leading>)", "{ id }"),
    read(
        "node of a person: e-mail",
        "(id: <person.leading>)",
        "{ ... on Person { email } }",
    ),
    read(
        "node of a teacher: e-mail",
        "(id: <person.teacher>)",
        "{ ... on Person { email } }",
    ),
    read(
        "node of a teacher: memberships",
        "(id: <person.teacher>)",
        "{ ... on Person { memberships { id } } }",
    ),
    read(
        "node of a coordinator: memberships",
        "(id: <person.magnetic>)",
        "{ ... on Person { memberships { id } } }",
    ),
    read(
        "node of a membership of a teacher",
        "(id: <membership.teacher>)",
        "{ id }",
    ),
    read(
        "node of a membership of a coordinator",
        "(id: <membership.magnetic>)",
        "{ id }",
    ),
    read("node of an invitation", "(id: <invitation>)", "{ id }"),
    read("node of a session", "(id: <session>)", "{ id }"),
    read("node of an access token", "(id: <token>)", "{ id }"),
    read("node of the audit", "(id: <fact>)", "{ id }"),
    read("node of a designation", "(id: <designation>)", "{ id }"),
    read("node of a nomination", "(id: <nomination>)", "{ id }"),
    read("node of a file", "(id: <file>)", "{ id }"),
    read("node of an import", "(id: <import>)", "{ id }"),
    read("node of an announcement", "(id: <announcement>)", "{ id }"),
    read("node of a notification", "(id: <notification>)", "{ id }"),
    read(
        "nodes",
        "(ids: [<invited>, <active>, <session>, <invitation>])",
        "{ id }",
    ),
    read("partnership waiting", "(id: <invited>)", "{ state }"),
    read(
        "partnership waiting.viewerCanAnswer",
        "(id: <invited>)",
        "{ viewerCanAnswer }",
    ),
    read(
        "partnership waiting.viewerCanEnd",
        "(id: <invited>)",
        "{ viewerCanEnd }",
    ),
    read("partnership accepted", "(id: <written>)", "{ state }"),
    read(
        "partnership accepted.agreement",
        "(id: <written>)",
        "{ agreement { aims } }",
    ),
    read(
        "partnership accepted.signatures",
        "(id: <written>)",
        "{ signatures { side } }",
    ),
    read(
        "partnership accepted.viewerCanSign",
        "(id: <written>)",
        "{ viewerCanSign }",
    ),
    read(
        "partnership accepted.viewerCanWriteAgreement",
        "(id: <written>)",
        "{ viewerCanWriteAgreement }",
    ),
    read("partnership active", "(id: <active>)", "{ state }"),
    read(
        "partnership active.agreement",
        "(id: <active>)",
        "{ agreement { aims } }",
    ),
    read(
        "partnership active.signatures",
        "(id: <active>)",
        "{ signatures { side } }",
    ),
    read(
        "partnership active.viewerCanSuspend",
        "(id: <active>)",
        "{ viewerCanSuspend }",
    ),
    read(
        "partnership active.viewerCanEnd",
        "(id: <active>)",
        "{ viewerCanEnd }",
    ),
    read("partnership paused", "(id: <paused>)", "{ state }"),
    read(
        "partnership paused.viewerCanResume",
        "(id: <paused>)",
        "{ viewerCanResume }",
    ),
    read("partnerships", "", "{ totalCount }"),
    read(
        "partnerships of a school",
        "(filter: { schoolId: <school> })",
        "{ totalCount }",
    ),
    read(
        "partnerships waiting",
        "(filter: { states: [INVITED] })",
        "{ totalCount }",
    ),
    read("persons", "", "{ totalCount }"),
    read(
        "persons by address",
        "(filter: { query: \"teacher@demo.sabaqtas.example\" })",
        "{ nodes { email } }",
    ),
    read("school", "(id: <school>)", "{ name { ru } }"),
    read("viewer", "", "{ email }"),
    read("viewer.sessions", "", "{ sessions { id } }"),
    read("viewer.accessTokens", "", "{ accessTokens { id } }"),
    read("viewer.isAdmin", "", "{ isAdmin }"),
    // Reading the register.
    read("importRuns", "", "{ totalCount }"),
    read("announcements", "", "{ totalCount }"),
    read("installation", "", "{ version }"),
    read("region", "(by: { id: <region> })", "{ code }"),
    read("regions", "(first: 1)", "{ nodes { code } }"),
    read(
        "schools",
        "(query: \"Конаев\", first: 1)",
        "{ nodes { id } }",
    ),
    read(
        "school.coordinators",
        "(id: <school>)",
        "{ coordinators { id } }",
    ),
    read(
        "school.coordinators.email",
        "(id: <school.konaev1>)",
        "{ coordinators { email } }",
    ),
    read(
        "school.designations with a nomination",
        "(id: <school.konaev1>)",
        "{ designations { id } }",
    ),
    read(
        "school.viewerCanUpdate",
        "(id: <school.konaev1>)",
        "{ viewerCanUpdate }",
    ),
    read(
        "school.viewerCanNominate",
        "(id: <school.konaev1>)",
        "{ viewerCanNominate }",
    ),
    read(
        "school.viewerCanAward",
        "(id: <school.konaev1>)",
        "{ viewerCanAward }",
    ),
    read(
        "school.viewerCanClose",
        "(id: <school.konaev1>)",
        "{ viewerCanClose }",
    ),
    read(
        "partnership active.history",
        "(id: <active>)",
        "{ history { totalCount } }",
    ),
    read(
        "partnership paused.history",
        "(id: <paused>)",
        "{ history { totalCount } }",
    ),
    read(
        "node of a nomination taken back",
        "(id: <refused>)",
        "{ id }",
    ),
    // The register.
    act(
        "schoolAdd",
        "(input: { name: { ru: \"x\" }, regionId: <region> })",
    ),
    act(
        "schoolAdd without a region",
        "(input: { name: { ru: \"x\" } })",
    ),
    act(
        "schoolUpdate",
        "(input: { id: <school.konaev1>, version: <school.konaev1.v>, place: \"x\" })",
    ),
    act(
        "schoolUpdate into another region",
        "(input: { id: <school.konaev1>, version: <school.konaev1.v>, regionId: <region.other> })",
    ),
    act(
        "schoolClose",
        "(input: { id: <school.unclaimed>, version: <school.unclaimed.v>, reason: \"x\" })",
    ),
    act(
        "schoolMerge",
        "(input: { id: <school.unclaimed>, version: <school.unclaimed.v>, intoId: <school.konaev5> })",
    ),
    act(
        "schoolMerge into another region",
        "(input: { id: <school.unclaimed>, version: <school.unclaimed.v>, intoId: <school.tekeli> })",
    ),
    act(
        "designationNominate",
        "(input: { schoolId: <school.shengeldy>, kind: LEADING, from: <today>, evidence: \"x\" })",
    ),
    act(
        "designationAward",
        "(input: { schoolId: <school.shengeldy>, kind: LEADING, from: <today>, evidence: \"x\" })",
    ),
    act(
        "designationWithdraw",
        "(input: { id: <designation>, version: <designation.v>, reason: \"x\" })",
    ),
    act(
        "designationWithdraw a nomination",
        "(input: { id: <nomination>, version: <nomination.v>, reason: \"x\" })",
    ),
    act("fileRemove", "(input: { id: <file> })"),
    // Partnerships.
    act(
        "partnershipInvite by the Leading school",
        "(input: { networkId: <network>, leadingId: <school>, magneticId: <school.taldykorgan> })",
    ),
    act(
        "partnershipInvite by the Magnetic school",
        "(input: { networkId: <network.other>, leadingId: <school.tekeli>, magneticId: <school.konaev1> })",
    ),
    act(
        "partnershipInvite of a school by itself",
        "(input: { networkId: <network>, leadingId: <school>, magneticId: <school> })",
    ),
    act(
        "partnershipInvite into a network of others",
        "(input: { networkId: <network.other>, leadingId: <school>, magneticId: <school.taldykorgan> })",
    ),
    act(
        "announcementPublish to everybody",
        "(input: { audience: { everybody: true }, title: { kk: \"Тақырып\", ru: \"Тема\", en: \"Title\" }, text: { kk: \"Мәтін\", ru: \"Текст\", en: \"Text\" } })",
    ),
    act(
        "announcementPublish to a region",
        "(input: { audience: { regionId: <region> }, title: { kk: \"Тақырып\", ru: \"Тема\", en: \"Title\" }, text: { kk: \"Мәтін\", ru: \"Текст\", en: \"Text\" } })",
    ),
    act(
        "announcementPublish to a network",
        "(input: { audience: { networkId: <network> }, title: { kk: \"Тақырып\", ru: \"Тема\", en: \"Title\" }, text: { kk: \"Мәтін\", ru: \"Текст\", en: \"Text\" } })",
    ),
    act(
        "announcementPublish to an unknown network",
        "(input: { audience: { networkId: \"net_0192f0c1d2e37000800000000000abcd\" }, title: { kk: \"Тақырып\", ru: \"Тема\", en: \"Title\" }, text: { kk: \"Мәтін\", ru: \"Текст\", en: \"Text\" } })",
    ),
    act(
        "partnershipAccept",
        "(input: { id: <invited>, version: <invited.v> })",
    ),
    act(
        "partnershipAccept an active one",
        "(input: { id: <active>, version: <active.v> })",
    ),
    act(
        "partnershipAccept unknown",
        "(input: { id: \"prt_0192f0c1d2e37000800000000000abcd\", version: 1 })",
    ),
    act(
        "partnershipDecline",
        "(input: { id: <invited>, version: <invited.v> })",
    ),
    act(
        "partnershipEnd waiting",
        "(input: { id: <invited>, version: <invited.v>, reason: \"x\" })",
    ),
    act(
        "partnershipEnd accepted",
        "(input: { id: <written>, version: <written.v>, reason: \"x\" })",
    ),
    act(
        "partnershipEnd active",
        "(input: { id: <active>, version: <active.v>, reason: \"x\" })",
    ),
    act(
        "partnershipSuspend",
        "(input: { id: <active>, version: <active.v>, reason: \"x\" })",
    ),
    act(
        "partnershipResume",
        "(input: { id: <paused>, version: <paused.v> })",
    ),
    act(
        "agreementWrite",
        "(input: { partnershipId: <written>, version: 1, aims: \"a\", leadingGives: \"b\", magneticGives: \"c\", mediaRules: \"d\", startsOn: \"2026-12-01\", endsOn: \"2027-06-01\" })",
    ),
    act(
        "agreementWrite of an active one",
        "(input: { partnershipId: <active>, version: 1, aims: \"a\", leadingGives: \"b\", magneticGives: \"c\", mediaRules: \"d\", startsOn: \"2026-12-01\", endsOn: \"2027-06-01\" })",
    ),
    act(
        "agreementSign",
        "(input: { partnershipId: <written>, agreementVersion: 1 })",
    ),
    // Networks.
    act(
        "networkCreate",
        "(input: { leadingId: <school>, name: { ru: \"x\" }, theme: \"x\" })",
    ),
    act(
        "networkUpdate",
        "(input: { id: <network>, version: <network.v>, name: { ru: \"x\" }, theme: \"x\" })",
    ),
    act(
        "networkClose",
        "(input: { id: <network.empty>, version: <network.empty.v>, reason: \"x\" })",
    ),
    // Who may get in.
    act(
        "invitationSend a teacher",
        "(input: { email: \"new@example.net\", role: TEACHER, scopeId: <school>, language: RU })",
    ),
    act(
        "invitationSend a coordinator",
        "(input: { email: \"new@example.net\", role: COORDINATOR, scopeId: <school>, language: RU })",
    ),
    act(
        "invitationSend a coordinator of a school without one",
        "(input: { email: \"new@example.net\", role: COORDINATOR, scopeId: <school.unclaimed>, language: RU })",
    ),
    act(
        "invitationSend a trainer",
        "(input: { email: \"new@example.net\", role: TRAINER, scopeId: <region>, language: RU })",
    ),
    act(
        "invitationSend an administrator",
        "(input: { email: \"new@example.net\", role: PLATFORM_ADMIN, language: RU })",
    ),
    act(
        "invitationSend a trainer of a school",
        "(input: { email: \"new@example.net\", role: TRAINER, scopeId: <school>, language: RU })",
    ),
    act(
        "invitationSend an administrator of a school",
        "(input: { email: \"new@example.net\", role: PLATFORM_ADMIN, scopeId: <school>, language: RU })",
    ),
    act("invitationRevoke", "(input: { id: <invitation> })"),
    act(
        "invitationAccept for another",
        "(input: { token: <invitation.token>, name: \"x\" })",
    ),
    act(
        "invitationAccept no token",
        "(input: { token: \"inv_nothing\", name: \"x\" })",
    ),
    act(
        "membershipEnd of a teacher",
        "(input: { id: <membership.teacher> })",
    ),
    act(
        "membershipEnd of the only coordinator",
        "(input: { id: <membership.zarechnoye> })",
    ),
    act(
        "membershipEnd of the only administrator",
        "(input: { id: <membership.admin> })",
    ),
    act(
        "membershipEnd of a trainer",
        "(input: { id: <membership.trainer> })",
    ),
    act(
        "personSuspend",
        "(input: { id: <person.teacher>, version: <person.teacher.v>, reason: \"x\" })",
    ),
    act(
        "personSuspend the only administrator",
        "(input: { id: <person.admin>, version: <person.admin.v>, reason: \"x\" })",
    ),
    act(
        "personRestore",
        "(input: { id: <person.suspended>, version: <person.suspended.v> })",
    ),
    act("personUpdate", "(input: { version: 1, name: \"x\" })"),
    act(
        "accessTokenCreate",
        "(input: { name: \"x\", scope: WRITE, expiresOn: <soon> })",
    ),
    act("accessTokenRevoke", "(input: { id: <token> })"),
    act(
        "passwordChange",
        "(input: { currentPassword: \"wrong wrong wrong\", newPassword: \"another long password\" })",
    ),
    act(
        "passwordReset",
        "(input: { token: \"lnk_nothing\", newPassword: \"another long password\" })",
    ),
    act("sessionEnd", "(input: { id: <session> })"),
    act("sessionsEndAll", ""),
    act(
        "signIn",
        "(input: { email: \"nobody-<actor>@example.net\", password: \"no such password\" })",
    ),
    act(
        "signInLinkRequest",
        "(input: { email: \"nobody-<actor>@example.net\" })",
    ),
    act("signInLinkUse", "(input: { token: \"lnk_nothing\" })"),
    act("signOut", ""),
    // The viewer's own inbox.
    act("notificationMarkRead", "(input: { ids: [<notification>] })"),
    act(
        "notificationMarkAllRead",
        "(input: { upTo: <notification> })",
    ),
    act(
        "notificationPreferenceSet",
        "(input: { reason: NETWORK_CHANGED, channel: IN_APP })",
    ),
    act("quietHoursSet", "(input: { hours: null })"),
    // Live.
    read("notificationReceived", "", "~{ cursor }"),
    read("partnershipChanged waiting", "(id: <invited>)", "~{ id }"),
    read("partnershipChanged active", "(id: <active>)", "~{ id }"),
    read(
        "partnershipChanged unknown",
        "(id: \"prt_0192f0c1d2e37000800000000000abcd\")",
        "~{ id }",
    ),
];
