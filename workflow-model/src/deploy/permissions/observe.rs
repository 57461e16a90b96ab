//! What every state machine needs to be seen at work.

use crate::deploy::{Policy, Resource, Statement};

/// Allows tracing by X-Ray and logging to CloudWatch. AWS gives these permissions for all resources only.
///
/// Sources: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html>,
/// <https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html>.
pub(super) fn allow(policy: &mut Policy) {
    let trace =
        ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"];
    let log = [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
    ];
    policy.allow(Statement::new("WriteTraces", trace, [Resource::All]));
    policy.allow(Statement::new("DeliverLogs", log, [Resource::All]));
}
