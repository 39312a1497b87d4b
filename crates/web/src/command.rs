//! What pages change: mutations whose payloads say in `userErrors` what the person can mend.

use graphql_client::GraphQLQuery;

use crate::{fault::Fault, visit::Visit};

/// What was wrong: the path of each input and what to say about it.
pub(crate) type Errors = Vec<(Vec<String>, String)>;

/// A mutation that the page needs nothing of but whether it worked. Its document calls the payload `done`.
pub(crate) trait Command: GraphQLQuery {
    /// The input's type.
    type Input;

    fn variables(input: Self::Input) -> Self::Variables;

    fn errors(data: Self::ResponseData) -> Errors;
}

impl Visit {
    /// Runs the mutation; no errors when it worked.
    pub(crate) async fn run<C: Command>(&self, input: C::Input) -> Result<Errors, Fault> {
        Ok(C::errors(self.ask::<C>(C::variables(input)).await?))
    }
}

/// Names mutations: the operation, its module, its input's type, its document.
macro_rules! commands {
    ($document:tt; $($name:ident $module:ident $input:ident;)*) => {$(
        #[derive(graphql_client::GraphQLQuery)]
        #[graphql(
            schema_path = "../../schema.graphql",
            query_path = $document,
            normalization = "rust",
            custom_scalars_module = "crate::scalar",
            extern_enums(
                "AccessTokenScope",
                "ActivityKind",
                "AudienceRung",
                "ConsentKind",
                "DesignationKind",
                "EmailAudience",
                "Language",
                "LicenceCode",
                "NotificationChannel",
                "NotificationReason",
                "PartnershipSide",
                "PlanTerm",
                "ResourceKind",
                "ResourceReportGround",
                "Role",
                "StudyRole",
                "StudyStageKind"
            )
        )]
        pub(crate) struct $name;

        impl $crate::command::Command for $name {
            type Input = $module::$input;

            fn variables(input: Self::Input) -> Self::Variables {
                $module::Variables { input }
            }

            fn errors(data: Self::ResponseData) -> $crate::command::Errors {
                let errors = data.done.user_errors.into_iter();
                errors.map(|error| (error.field, error.message)).collect()
            }
        }
    )*};
}

pub(crate) use commands;
