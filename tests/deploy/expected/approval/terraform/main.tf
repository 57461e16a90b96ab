# Written by `approval export --template terraform`, which writes it anew when the workflows have changed.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

resource "aws_lambda_function" "task_function" {
  function_name    = "${var.name}-tasks"
  description      = "Runs the tasks of approval"
  filename         = "${path.module}/build/approval/bootstrap.zip"
  source_code_hash = filebase64sha256("${path.module}/build/approval/bootstrap.zip")
  handler          = "bootstrap"
  runtime          = "provided.al2023"
  architectures    = ["arm64"]
  memory_size      = var.task_function_memory_size
  timeout          = 60
  role             = aws_iam_role.task_function.arn

  environment {
    variables = var.task_function_environment
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.task_function.name
  }

  depends_on = [aws_iam_role_policy.task_function]
}

resource "aws_iam_role" "task_function" {
  name_prefix = substr("${var.name}-tasks-", 0, 38)
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "task_function" {
  name = "needs"
  role = aws_iam_role.task_function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "WriteLogs"
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream",
          "logs:PutLogEvents",
        ]
        Resource = "${aws_cloudwatch_log_group.task_function.arn}:*"
      },
      {
        Sid    = "WriteTraces"
        Effect = "Allow"
        Action = [
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "task_function" {
  for_each   = toset(var.task_function_policy_arns)
  role       = aws_iam_role.task_function.name
  policy_arn = each.value
}

resource "aws_cloudwatch_log_group" "task_function" {
  name              = "/aws/lambda/${var.name}-tasks"
  retention_in_days = var.log_retention_in_days
}

resource "aws_sfn_state_machine" "approve_expense" {
  name     = "${var.name}-ApproveExpense"
  type     = "STANDARD"
  role_arn = aws_iam_role.approve_expense_state_machine.arn
  definition = templatefile("${path.module}/statemachine/approve_expense.asl.json", {
    TaskFunctionArn = aws_lambda_function.task_function.arn
  })

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.approve_expense_state_machine.arn}:*"
    include_execution_data = var.log_execution_data
    level                  = "ERROR"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.approve_expense_state_machine]
}

resource "aws_iam_role" "approve_expense_state_machine" {
  name_prefix = substr("${var.name}-ApproveExpense-", 0, 38)
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "states.amazonaws.com"
      }
      Action = "sts:AssumeRole"
      Condition = {
        ArnLike = {
          "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:*"
        }
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "approve_expense_state_machine" {
  name = "needs"
  role = aws_iam_role.approve_expense_state_machine.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LambdaInvokeFunction"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = aws_lambda_function.task_function.arn
      },
      {
        Sid    = "WriteTraces"
        Effect = "Allow"
        Action = [
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
      {
        Sid    = "DeliverLogs"
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "approve_expense_state_machine" {
  name              = "/aws/vendedlogs/states/${var.name}-ApproveExpense"
  retention_in_days = var.log_retention_in_days
}
