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
    read("resourceSearch", "(query: \"\")", "{ totalCount }"),
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
    // The piggy bank.
    read("licences", "", "{ spdx }"),
    read("subjects", "", "{ code }"),
    read("resource draft", "(id: <work.draft>)", "{ state }"),
    read("resource of a school", "(id: <work.school>)", "{ state }"),
    read("resource of a network", "(id: <work.network>)", "{ state }"),
    read(
        "resource for all signed in",
        "(id: <work.signed>)",
        "{ state }",
    ),
    read("resource public", "(id: <work.public>)", "{ state }"),
    read("resource hidden", "(id: <work.hidden>)", "{ state }"),
    read("resource withdrawn", "(id: <work.withdrawn>)", "{ state }"),
    read(
        "resource withdrawn.newest",
        "(id: <work.withdrawn>)",
        "{ newest { body } }",
    ),
    read(
        "resource public.draft",
        "(id: <work.public>)",
        "{ draft { body } }",
    ),
    read(
        "resource public.authors",
        "(id: <work.public>)",
        "{ authors { name } }",
    ),
    read(
        "resource of a network.uses",
        "(id: <work.network>)",
        "{ uses { totalCount } }",
    ),
    read(
        "resource of a network.comments",
        "(id: <work.network>)",
        "{ comments { totalCount } }",
    ),
    read(
        "resource of a network.endorsements",
        "(id: <work.network>)",
        "{ endorsements { id } }",
    ),
    read(
        "resource of a network.viewerCanUpdate",
        "(id: <work.network>)",
        "{ viewerCanUpdate }",
    ),
    read(
        "resource of a network.viewerCanCopy",
        "(id: <work.network>)",
        "{ viewerCanCopy }",
    ),
    read(
        "resource of a network.viewerCanTellUse",
        "(id: <work.network>)",
        "{ viewerCanTellUse }",
    ),
    read(
        "resource of a network.viewerCanEndorse",
        "(id: <work.network>)",
        "{ viewerCanEndorse }",
    ),
    read(
        "resource of a network.viewerCanHide",
        "(id: <work.network>)",
        "{ viewerCanHide }",
    ),
    read(
        "resource hidden.viewerCanAppeal",
        "(id: <work.hidden>)",
        "{ viewerCanAppeal }",
    ),
    read(
        "resourceVersion of a network",
        "(id: <version.network>)",
        "{ body }",
    ),
    read(
        "resourceVersion public",
        "(id: <version.public>)",
        "{ body }",
    ),
    read(
        "resourceVersion hidden",
        "(id: <version.hidden>)",
        "{ body }",
    ),
    read(
        "resourceVersion withdrawn",
        "(id: <version.withdrawn>)",
        "{ body }",
    ),
    read(
        "resources",
        "(filter: { schoolId: <school> })",
        "{ totalCount }",
    ),
    read(
        "resources in any state",
        "(filter: { schoolId: <school>, states: [DRAFT, SHARED, HIDDEN, WITHDRAWN] })",
        "{ totalCount }",
    ),
    read("node of a use", "(id: <use>)", "{ id }"),
    read("node of a comment", "(id: <remark>)", "{ id }"),
    read("node of an endorsement", "(id: <endorsement>)", "{ id }"),
    read("node of a report", "(id: <report>)", "{ id }"),
    read("node of a record of credit", "(id: <record>)", "{ id }"),
    read("resourceReports", "", "{ totalCount }"),
    read(
        "collection private",
        "(id: <collection.private>)",
        "{ about }",
    ),
    read(
        "collection of a network",
        "(id: <collection.ours>)",
        "{ about }",
    ),
    read("collections", "", "{ totalCount }"),
    read("creditRecord", "(code: <record.code>)", "{ works }"),
    read(
        "creditRecord of no code",
        "(code: \"00000000000000000000000000\")",
        "{ works }",
    ),
    act(
        "resourceCreate",
        "(input: { card: { kind: LINK, language: RU, gradeFrom: 1, gradeTo: 2 }, text: { title: { ru: \"x\" }, licence: CC_BY } })",
    ),
    act(
        "resourceCreate of a school",
        "(input: { schoolId: <school>, card: { kind: LINK, language: RU, gradeFrom: 1, gradeTo: 2 }, text: { title: { ru: \"x\" }, licence: CC_BY } })",
    ),
    act(
        "resourceUpdate",
        "(input: { id: <work.network>, version: 2, text: { title: { kk: \"x\" }, licence: CC_BY_SA } })",
    ),
    act(
        "resourceShare",
        "(input: { id: <work.network>, version: 2 })",
    ),
    act(
        "resourceAudienceChange",
        "(input: { id: <work.network>, version: 2, audience: { rung: PUBLIC } })",
    ),
    act(
        "resourceAudienceChange to another network",
        "(input: { id: <work.network>, version: 2, audience: { rung: NETWORK, scopeId: <network.other> } })",
    ),
    act(
        "resourceWithdraw",
        "(input: { id: <work.network>, version: 2, reason: \"x\" })",
    ),
    act("resourceCopy", "(input: { versionId: <version.network> })"),
    act(
        "resourceRetell",
        "(input: { studyId: <study>, language: KK })",
    ),
    act(
        "resourceRetell a shared one",
        "(input: { studyId: <study.shared>, language: KK })",
    ),
    act(
        "resourceCopy what is hidden",
        "(input: { versionId: <version.hidden> })",
    ),
    act(
        "resourceUseTell",
        "(input: { resourceId: <work.network>, heldOn: \"2026-10-05\", grade: 5, note: \"x\" })",
    ),
    act(
        "endorsementGive",
        "(input: { versionId: <version.public> })",
    ),
    act("endorsementWithdraw", "(input: { id: <endorsement> })"),
    act(
        "resourceCommentAdd",
        "(input: { resourceId: <work.network>, text: \"x\" })",
    ),
    act("resourceCommentRemove", "(input: { id: <remark> })"),
    act(
        "resourceReportMake",
        "(input: { resourceId: <work.public>, ground: OTHER, note: \"x\" })",
    ),
    act(
        "resourceReportMake an appeal",
        "(input: { resourceId: <work.hidden>, ground: APPEAL, note: \"x\" })",
    ),
    act(
        "resourceReportDismiss",
        "(input: { id: <report>, reason: \"x\" })",
    ),
    act(
        "resourceHide",
        "(input: { id: <work.network>, version: 2, reason: \"x\" })",
    ),
    act(
        "resourceRestore",
        "(input: { id: <work.hidden>, version: 3, reason: \"x\" })",
    ),
    act(
        "collectionCreate",
        "(input: { title: { kk: \"x\" }, audience: { rung: AUTHOR } })",
    ),
    act(
        "collectionCreate for everybody",
        "(input: { title: { kk: \"x\" }, audience: { rung: PUBLIC } })",
    ),
    act(
        "collectionUpdate",
        "(input: { id: <collection.ours>, version: 1, title: { kk: \"x\" }, audience: { rung: AUTHOR } })",
    ),
    act(
        "collectionArrange",
        "(input: { id: <collection.ours>, version: 1, resourceIds: [<work.public>] })",
    ),
    act(
        "collectionDelete",
        "(input: { id: <collection.ours>, version: 1 })",
    ),
    act("creditRecordIssue", "(input: {})"),
    // Live.
    read("notificationReceived", "", "~{ cursor }"),
    read("partnershipChanged waiting", "(id: <invited>)", "~{ id }"),
    read("partnershipChanged active", "(id: <active>)", "~{ id }"),
    read(
        "partnershipChanged unknown",
        "(id: \"prt_0192f0c1d2e37000800000000000abcd\")",
        "~{ id }",
    ),
    // Studies.
    read("studyTemplates", "", "{ id }"),
    read("study", "(id: <study>)", "{ theme }"),
    read("study.members", "(id: <study>)", "{ members { id } }"),
    read("study.casePupils", "(id: <study>)", "{ casePupils { id } }"),
    read("study.consents", "(id: <study>)", "{ consents { id } }"),
    read("study.lessons", "(id: <study>)", "{ lessons { id } }"),
    read("study.notes", "(id: <study>)", "{ notes { totalCount } }"),
    read(
        "study.history",
        "(id: <study>)",
        "{ history { totalCount } }",
    ),
    read("study.viewerCanLead", "(id: <study>)", "{ viewerCanLead }"),
    read("study.viewerCanWork", "(id: <study>)", "{ viewerCanWork }"),
    read(
        "study.viewerCanComment",
        "(id: <study>)",
        "{ viewerCanComment }",
    ),
    read(
        "study shared with a network",
        "(id: <study.shared>)",
        "{ theme }",
    ),
    read(
        "study shared with a network.members",
        "(id: <study.shared>)",
        "{ members { id } }",
    ),
    read(
        "study unknown",
        "(id: \"std_0192f0c1d2e37000800000000000abcd\")",
        "{ theme }",
    ),
    read("study.allowsMedia", "(id: <study>)", "{ allowsMedia }"),
    read(
        "study.viewerCanTakeLead",
        "(id: <study>)",
        "{ viewerCanTakeLead }",
    ),
    read(
        "studyCandidates",
        "(studyId: <study>, name: \"айг\")",
        "{ person { id } }",
    ),
    read("studies", "", "{ totalCount }"),
    read(
        "studies of one's own",
        "(filter: { mine: true })",
        "{ totalCount }",
    ),
    read("researchLesson", "(id: <lesson>)", "{ number }"),
    read("researchLesson.cells", "(id: <lesson>)", "{ cells { id } }"),
    read(
        "researchLesson.comments",
        "(id: <lesson>)",
        "{ comments { id } }",
    ),
    read(
        "researchLesson.observations",
        "(id: <lesson>)",
        "{ observations { totalCount } }",
    ),
    read("node of a case pupil", "(id: <pupil>)", "{ id }"),
    read("node of a consent", "(id: <consent>)", "{ id }"),
    read("node of an observation", "(id: <observation>)", "{ id }"),
    read(
        "node of a membership of a study",
        "(id: <member>)",
        "{ id }",
    ),
    read("node of a note", "(id: <note>)", "{ id }"),
    read("node of a cell", "(id: <cell>)", "{ id }"),
    read("node of a stage of a lesson", "(id: <stage>)", "{ id }"),
    read("node of a comment on a cell", "(id: <comment>)", "{ id }"),
    act(
        "studyTemplateCreate",
        "(input: { name: { en: \"x\" }, about: { en: \"x\" }, lessons: 1, stages: [{ kind: PLAN, name: { en: \"x\" }, guide: { en: \"x\" } }] })",
    ),
    act(
        "studyTemplateUpdate",
        "(input: { id: <template>, version: <template.v>, name: { en: \"x\" }, about: { en: \"x\" }, lessons: 1, stages: [{ kind: PLAN, name: { en: \"x\" }, guide: { en: \"x\" } }] })",
    ),
    act(
        "studyCreate",
        "(input: { templateId: <template>, schoolId: <school>, theme: \"x\" })",
    ),
    act(
        "studyUpdate",
        "(input: { id: <study>, version: <study.v>, theme: \"x\" })",
    ),
    act("studyForm", "(input: { id: <study>, version: <study.v> })"),
    act("studyFocus", "(input: { id: <study>, version: <study.v> })"),
    act(
        "studyConclude",
        "(input: { id: <study>, version: <study.v> })",
    ),
    act(
        "studyReport",
        "(input: { id: <study>, version: <study.v> })",
    ),
    act(
        "studyShare",
        "(input: { id: <study>, version: <study.v>, audience: PUBLIC })",
    ),
    act(
        "studyPause",
        "(input: { id: <study>, version: <study.v>, reason: \"x\" })",
    ),
    act(
        "studyPause a shared one",
        "(input: { id: <study.shared>, version: <study.shared.v>, reason: \"x\" })",
    ),
    act(
        "studyResume",
        "(input: { id: <study>, version: <study.v> })",
    ),
    act(
        "studyAbandon",
        "(input: { id: <study>, version: <study.v>, reason: \"x\" })",
    ),
    act(
        "studyInvite",
        "(input: { studyId: <study>, personId: <person.admin>, role: MEMBER })",
    ),
    act(
        "studyInvite an expert",
        "(input: { studyId: <study>, personId: <person.admin>, role: EXPERT, until: <soon> })",
    ),
    act(
        "studyInvite a lead",
        "(input: { studyId: <study>, personId: <person.admin>, role: LEAD })",
    ),
    act(
        "studyJoin",
        "(input: { id: <member.asked>, schoolId: <school> })",
    ),
    act(
        "studyJoin for a school of others",
        "(input: { id: <member.asked>, schoolId: <school.tekeli> })",
    ),
    act("studyDecline", "(input: { id: <member.asked> })"),
    act("studyProtocolAccept", "(input: { id: <member> })"),
    act("studyLeave", "(input: { id: <member> })"),
    act("studyLeadOffer", "(input: { id: <member> })"),
    act("studyLeadTake", "(input: { id: <member> })"),
    act("studyLeadDecline", "(input: { id: <member> })"),
    act("studyNoteAdd", "(input: { studyId: <study>, body: \"x\" })"),
    act("studyNoteRemove", "(input: { id: <note> })"),
    act(
        "studyReportWrite",
        "(input: { studyId: <study>, version: 1, context: \"x\", aims: \"x\", methods: \"x\", findings: \"x\", changes: \"x\" })",
    ),
    act(
        "casePupilAdd",
        "(input: { studyId: <study>, typifies: \"x\", level: \"x\" })",
    ),
    act(
        "casePupilUpdate",
        "(input: { id: <pupil>, version: <pupil.v>, typifies: \"x\", level: \"x\" })",
    ),
    act(
        "casePupilProgress",
        "(input: { id: <pupil>, version: <pupil.v>, progress: \"x\" })",
    ),
    act("casePupilRemove", "(input: { id: <pupil> })"),
    act(
        "consentRecord",
        "(input: { studyId: <study>, kind: MEDIA, scope: \"x\", count: 1, givenOn: <today> })",
    ),
    act("consentWithdraw", "(input: { id: <consent> })"),
    act(
        "researchLessonAdd",
        "(input: { studyId: <study>, classLabel: \"x\" })",
    ),
    act(
        "researchLessonUpdate",
        "(input: { id: <lesson>, version: <lesson.v>, classLabel: \"x\" })",
    ),
    act(
        "researchLessonFreeze",
        "(input: { id: <lesson>, version: <lesson.v> })",
    ),
    act(
        "researchLessonThaw",
        "(input: { id: <lesson>, version: <lesson.v> })",
    ),
    act(
        "researchLessonTeach",
        "(input: { id: <lesson>, version: <lesson.v> })",
    ),
    act(
        "researchLessonOpenDiscussion",
        "(input: { id: <lesson>, version: <lesson.v> })",
    ),
    act(
        "researchLessonDiscuss",
        "(input: { id: <lesson>, version: <lesson.v> })",
    ),
    act(
        "researchLessonClose",
        "(input: { id: <lesson>, version: <lesson.v> })",
    ),
    act(
        "observerAssign",
        "(input: { lessonId: <lesson>, personId: <person.partner_teacher>, pupilId: <pupil> })",
    ),
    act(
        "observerRelease",
        "(input: { lessonId: <lesson>, personId: <person.partner_teacher>, pupilId: <pupil> })",
    ),
    act(
        "sheetStageAdd",
        "(input: { lessonId: <lesson>, name: \"x\", minutes: 5 })",
    ),
    act(
        "sheetStageUpdate",
        "(input: { id: <stage>, version: <stage.v>, name: \"x\", minutes: 5 })",
    ),
    act("sheetStageRemove", "(input: { id: <stage> })"),
    act(
        "sheetStagesOrder",
        "(input: { lessonId: <lesson>, stageIds: [<stage>] })",
    ),
    act(
        "sheetCellWrite",
        "(input: { place: { lessonId: <lesson>, kind: OBSERVED, stageId: <stage>, pupilId: <pupil> }, version: 0, text: \"x\" })",
    ),
    act(
        "sheetCellWrite the closing word",
        "(input: { place: { lessonId: <lesson>, kind: CLOSING }, version: 0, text: \"x\" })",
    ),
    act(
        "sheetCellComment",
        "(input: { place: { lessonId: <lesson>, kind: OBSERVED, stageId: <stage>, pupilId: <pupil> }, text: \"x\" })",
    ),
    act("sheetVisit", "(input: { lessonId: <lesson> })"),
    act(
        "observationsSync",
        "(input: { lessonId: <lesson>, notes: [{ id: \"obs_0192f0c1d2e37000800000000000abcd\", takenAt: \"2026-11-10T05:00:00Z\", fact: \"x\" }] })",
    ),
    act(
        "observationUpdate",
        "(input: { id: <observation>, version: 1, fact: \"x\" })",
    ),
    act(
        "observationPhotoAdd",
        "(input: { id: <observation>, fileId: <file> })",
    ),
    act("observationPhotoRemove", "(input: { id: <observation> })"),
    read("studyChanged", "(id: <study>)", "~{ id }"),
    read(
        "studyChanged shared with a network",
        "(id: <study.shared>)",
        "~{ id }",
    ),
    // Joint plans.
    read("schoolYear", "", " "),
    read("plan", "(id: <plan>)", "{ state }"),
    read(
        "plan.activities",
        "(id: <plan>)",
        "{ activities { expected } }",
    ),
    read("plan.history", "(id: <plan>)", "{ history { totalCount } }"),
    read("planChanged", "(id: <plan>)", "~{ id }"),
    read("plan.reports", "(id: <plan>)", "{ reports { id } }"),
    read(
        "plan.reports once sent",
        "(id: <plan.past>)",
        "{ reports { id } }",
    ),
    read(
        "plan.acceptances",
        "(id: <plan.past>)",
        "{ acceptances { side } }",
    ),
    read(
        "plan.viewerCanAccept",
        "(id: <plan>)",
        "{ viewerCanAccept }",
    ),
    read("plans", "", "{ totalCount }"),
    read(
        "plans that wait for the viewer",
        "(filter: { awaitsViewer: true })",
        "{ totalCount }",
    ),
    read("activities", "", "{ totalCount }"),
    read(
        "node of an activity proposed",
        "(id: <activity.proposed>)",
        "{ id }",
    ),
    read("node of evidence", "(id: <evidence>)", "{ id }"),
    read(
        "node of a report being written",
        "(id: <plan.report.unsent>)",
        "{ id }",
    ),
    read(
        "node of a report on a plan, sent",
        "(id: <plan.report.sent>)",
        "{ id }",
    ),
    read("node of a calendar feed", "(id: <feed>)", "{ id }"),
    act(
        "planCreate",
        "(input: { partnershipId: <active>, year: <year> })",
    ),
    act(
        "planCreate before the agreement is signed",
        "(input: { partnershipId: <written>, year: <year> })",
    ),
    act("planAccept", "(input: { id: <plan>, version: 3 })"),
    act(
        "activityAdd",
        "(input: { planId: <plan>, kind: SEMINAR, title: \"x\", startsOn: <soon>, host: LEADING, expected: \"x\" })",
    ),
    act(
        "activityAdd once the year is reported",
        "(input: { planId: <plan.past>, kind: SEMINAR, title: \"x\", startsOn: <soon>, host: LEADING, expected: \"x\" })",
    ),
    act(
        "activityChange",
        "(input: { id: <activity.proposed>, version: 1, kind: SEMINAR, title: \"x\", startsOn: <soon>, host: LEADING, expected: \"x\" })",
    ),
    act(
        "activityRemove",
        "(input: { id: <activity.proposed>, version: 1 })",
    ),
    act(
        "activityFinish",
        "(input: { id: <activity.agreed>, version: 1 })",
    ),
    act(
        "activityCancel",
        "(input: { id: <activity.agreed>, version: 1, reason: \"x\" })",
    ),
    act(
        "activityReopen",
        "(input: { id: <activity.agreed>, version: 1 })",
    ),
    act(
        "evidenceAdd",
        "(input: { activityId: <activity.agreed>, body: \"x\" })",
    ),
    act("evidenceRemove", "(input: { id: <evidence> })"),
    act(
        "planReportDraft",
        "(input: { planId: <plan>, term: HALF_YEAR, version: 0 })",
    ),
    act(
        "planReportWrite",
        "(input: { id: <plan.report.unsent>, version: 1, summary: \"x\", carriedOut: \"x\", notCarriedOut: \"x\", findings: \"x\", nextSteps: \"x\" })",
    ),
    act(
        "planReportSend",
        "(input: { id: <plan.report.unsent>, version: 1 })",
    ),
    act(
        "planReportAcknowledge",
        "(input: { id: <plan.report.sent>, version: 2 })",
    ),
    act(
        "planReportReturn",
        "(input: { id: <plan.report.sent>, version: 2, reason: \"x\" })",
    ),
    act("calendarFeedCreate", "(input: {})"),
    act("calendarFeedRevoke", "(input: { id: <feed> })"),
];
