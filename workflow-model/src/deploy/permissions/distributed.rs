//! Maps whose items are executions of their own, which the state machine starts of itself.

use super::Collector;
use crate::asl::Json;
use crate::deploy::{Arn, Part, Resource, Statement};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html>.
pub(super) fn collect(collector: &mut Collector<'_>, name: &str, state: &Json) {
    let own = || collector.own_name();
    let text = |text: &str| Part::Text(text.to_owned());
    let machine = Arn::of("states", [text("stateMachine:"), own()]);
    // A child's name is the map's label and an identity: `execution:Machine/Label:…`.
    let executions = [":*", "/*"].map(|rest| Arn::of("states", [text("execution:"), own(), text(rest)]));
    let follow = ["states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"];
    let policy = &mut collector.needs.policy;
    policy.allow(Statement::new("StartMapRuns", ["states:StartExecution"], [Resource::Arn(machine)]));
    policy.allow(Statement::new("FollowMapRuns", follow, executions.map(Resource::Arn)));

    if let Some(reader) = state.at(&["ItemReader"]) {
        let actions = ["s3:GetObject".to_owned()];
        collector.allow(name, "ReadItems", &actions, &["arn:s3:::{Bucket}/{Key|*}"], reader.at(&["Arguments"]));
    }
    if let Some(writer) = state.at(&["ResultWriter"]) {
        let actions = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"];
        let actions = actions.map(str::to_owned);
        collector.allow(name, "WriteResults", &actions, &["arn:s3:::{Bucket}/{Prefix|*}/*"], writer.at(&["Arguments"]));
    }
}
