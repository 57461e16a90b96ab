# Written by `warehouse export --template terraform`, which writes it anew when the workflows have changed.

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
  description      = "Runs the tasks of warehouse"
  filename         = "${path.module}/build/warehouse/bootstrap.zip"
  source_code_hash = filebase64sha256("${path.module}/build/warehouse/bootstrap.zip")
  handler          = "bootstrap"
  runtime          = "provided.al2023"
  architectures    = ["arm64"]
  memory_size      = var.task_function_memory_size
  timeout          = 125
  role             = aws_iam_role.task_function.arn

  environment {
    variables = merge({
      SUPPLIERS_DATABASE_URL = var.suppliers_database_url
      GOODS_BUCKET_NAME      = var.goods_bucket_name
    }, var.task_function_environment)
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

resource "aws_sfn_activity" "look_at_shelves" {
  name = "${var.name}-look-at-shelves"
}

resource "aws_sfn_state_machine" "take_stock" {
  name     = "${var.name}-TakeStock"
  type     = "STANDARD"
  role_arn = aws_iam_role.take_stock_state_machine.arn
  definition = templatefile("${path.module}/statemachine/take_stock.asl.json", {
    ChartsFunctionArn        = var.charts_function_arn
    GoodsBucketName          = var.goods_bucket_name
    LookAtShelvesActivityArn = aws_sfn_activity.look_at_shelves.id
    OrderStateMachineArn     = var.order_state_machine_arn
    ShortagesQueueUrl        = var.shortages_queue_url
    TaskFunctionArn          = aws_lambda_function.task_function.arn
  })

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.take_stock_state_machine.arn}:*"
    include_execution_data = var.log_execution_data
    level                  = "ERROR"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [
    aws_iam_role_policy.take_stock_state_machine,
    aws_iam_role_policy_attachment.take_stock_state_machine,
  ]
}

resource "aws_iam_role" "take_stock_state_machine" {
  name_prefix = substr("${var.name}-TakeStock-", 0, 38)
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

resource "aws_iam_role_policy" "take_stock_state_machine" {
  name = "needs"
  role = aws_iam_role.take_stock_state_machine.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "StartMapRuns"
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:${var.name}-TakeStock"
      },
      {
        Sid    = "FollowMapRuns"
        Effect = "Allow"
        Action = [
          "states:DescribeExecution",
          "states:RedriveExecution",
          "states:StopExecution",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:execution:${var.name}-TakeStock/*",
          "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:execution:${var.name}-TakeStock:*",
        ]
      },
      {
        Sid      = "ReadItems"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${var.goods_bucket_name}/*"
      },
      {
        Sid    = "WriteResults"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${var.goods_bucket_name}/counted/*"
      },
      {
        Sid    = "LambdaInvokeFunction"
        Effect = "Allow"
        Action = ["lambda:InvokeFunction"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:print:live",
          var.charts_function_arn,
          aws_lambda_function.task_function.arn,
        ]
      },
      {
        Sid      = "SqsSendMessage"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = var.shortages_queue_arn
      },
      {
        Sid      = "S3ListBucket"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = var.take_stock_find_list_bucket_arns
      },
      {
        Sid      = "CallHttpsApis"
        Effect   = "Allow"
        Action   = ["states:InvokeHTTPEndpoint"]
        Resource = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:${var.name}-TakeStock"
        Condition = {
          StringEquals = {
            "states:HTTPMethod" = "GET"
          }
          StringLike = {
            "states:HTTPEndpoint" = var.take_stock_ask_endpoints
          }
        }
      },
      {
        Sid      = "UseConnections"
        Effect   = "Allow"
        Action   = ["events:RetrieveConnectionCredentials"]
        Resource = "arn:aws:events:eu-west-1:123456789012:connection/supplier/1"
      },
      {
        Sid    = "ReadConnectionSecrets"
        Effect = "Allow"
        Action = [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:secretsmanager:eu-west-1:123456789012:secret:events!connection/supplier/*"
      },
      {
        Sid      = "StartNestedExecutions"
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = var.order_state_machine_arn
      },
      {
        Sid    = "FollowNestedExecutions"
        Effect = "Allow"
        Action = [
          "states:DescribeExecution",
          "states:StopExecution",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:execution:${split(":", var.order_state_machine_arn)[6]}:*"
      },
      {
        Sid    = "HearOfTheirEnd"
        Effect = "Allow"
        Action = [
          "events:DescribeRule",
          "events:PutRule",
          "events:PutTargets",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"
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

resource "aws_iam_role_policy_attachment" "take_stock_state_machine" {
  for_each   = toset([var.take_stock_forecast_policy_arn])
  role       = aws_iam_role.take_stock_state_machine.name
  policy_arn = each.value
}

resource "aws_cloudwatch_log_group" "take_stock_state_machine" {
  name              = "/aws/vendedlogs/states/${var.name}-TakeStock"
  retention_in_days = var.log_retention_in_days
}

resource "aws_sfn_state_machine" "count" {
  name     = "${var.name}-Count"
  type     = "EXPRESS"
  role_arn = aws_iam_role.count_state_machine.arn
  definition = templatefile("${path.module}/statemachine/count.asl.json", {
    TaskFunctionArn = aws_lambda_function.task_function.arn
  })

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.count_state_machine.arn}:*"
    include_execution_data = var.log_execution_data
    level                  = "ALL"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.count_state_machine]
}

resource "aws_iam_role" "count_state_machine" {
  name_prefix = substr("${var.name}-Count-", 0, 38)
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

resource "aws_iam_role_policy" "count_state_machine" {
  name = "needs"
  role = aws_iam_role.count_state_machine.id
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

resource "aws_cloudwatch_log_group" "count_state_machine" {
  name              = "/aws/vendedlogs/states/${var.name}-Count"
  retention_in_days = var.log_retention_in_days
}
