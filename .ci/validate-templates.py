"""Writes what AWS's transform makes of a template of SAM, or the template itself, and checks the policies of its roles with parliament.

Usage: validate-templates.py TEMPLATE TRANSFORMED
"""

import json
import os
import re
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")

from cfnlint.decode.cfn_yaml import load  # noqa: E402
from parliament import analyze_policy_string  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402

PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "eu-west-1",
    "AWS::AccountId": "123456789012",
    "AWS::StackName": "stack",
}
PLACE = "eu-west-1:123456789012"

# What parliament knows less of than AWS's pages on Step Functions do: it takes `express` for needed besides `execution`, and does not
# know that `states:InvokeHTTPEndpoint` takes the state machine and two conditions
# (https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html).
KNOWN = [
    ("RESOURCE_MISMATCH", "'states:DescribeExecution', 'required_format': 'arn:*:states:*:*:express"),
    ("RESOURCE_MISMATCH", "'states:InvokeHTTPEndpoint', 'required_format': '*'"),
    ("UNKNOWN_CONDITION_FOR_ACTION", "states:HTTPMethod for action states:InvokeHTTPEndpoint"),
    ("UNKNOWN_CONDITION_FOR_ACTION", "states:HTTPEndpoint for action states:InvokeHTTPEndpoint"),
]


def arn(resource):
    """The ARN of something that the template makes."""
    kinds = {
        "Function": f"arn:aws:lambda:{PLACE}:function:name",
        "LogGroup": f"arn:aws:logs:{PLACE}:log-group:name:*",
        "StateMachine": f"arn:aws:states:{PLACE}:stateMachine:name",
        "Activity": f"arn:aws:states:{PLACE}:activity:name",
    }
    return kinds[resource["Type"].rsplit("::", 1)[1]]


def resolved(value, resources):
    """A part of a policy as it is when it is deployed. What a parameter says is `*`, as nothing is known of it."""
    if isinstance(value, list):
        return [resolved(item, resources) for item in value]
    if not isinstance(value, dict):
        return value
    if "Ref" in value:
        return PSEUDO.get(value["Ref"], "*")
    if "Fn::GetAtt" in value:
        return arn(resources[value["Fn::GetAtt"][0]])
    if "Fn::Sub" in value:
        text = value["Fn::Sub"]
        text = text[0] if isinstance(text, list) else text
        return re.sub(r"\$\{([^!}]+)\}", lambda name: PSEUDO.get(name[1], "name"), text)
    return {key: resolved(inner, resources) for key, inner in value.items()}


def policy_findings(template):
    for name, resource in template["Resources"].items():
        if resource["Type"] != "AWS::IAM::Role":
            continue
        for policy in resource["Properties"]["Policies"]:
            document = policy["PolicyDocument"]
            size = len(json.dumps(resolved(document, template["Resources"])))
            if size > 10_240:
                yield f"{name}: the policy has {size} characters, and IAM takes 10,240"
            for statement in document["Statement"]:
                for finding in statement_findings(statement, document["Version"], template["Resources"]):
                    yield f"{name}: {statement['Sid']}: {finding.issue}: {finding.detail}"


def statement_findings(statement, version, resources):
    """What parliament finds that is a finding. The resource that a parameter names stands here as `*`, which it is not."""
    text = json.dumps({"Version": version, "Statement": [resolved(statement, resources)]})
    is_named = any(reference not in PSEUDO for reference in re.findall(r'"Ref": "([^"]+)"', json.dumps(statement["Resource"])))
    for finding in analyze_policy_string(text).findings:
        is_known = any(finding.issue == issue and detail in str(finding.detail) for issue, detail in KNOWN)
        if not is_known and not (is_named and finding.issue == "RESOURCE_STAR"):
            yield finding


class NoPolicies:
    """The managed policies that SAM may name; here it names none."""

    def load(self):
        return {}


def transformed(template):
    """The template as CloudFormation runs it, with files as `sam deploy` has uploaded them."""
    for resource in template["Resources"].values():
        for path in ("CodeUri", "DefinitionUri"):
            if path in resource["Properties"]:
                resource["Properties"][path] = "s3://bucket/" + resource["Properties"][path]
    return transform(template, {}, NoPolicies())


def main(path, target):
    template = json.loads(json.dumps(load(path)))
    if "Transform" in template:
        template = transformed(template)
    with open(target, "w", encoding="utf-8") as file:
        json.dump(template, file, indent=2)
    findings = list(policy_findings(template))
    for finding in findings:
        print(f"{path}: {finding}", file=sys.stderr)
    return 1 if findings else 0


sys.exit(main(*sys.argv[1:]))
