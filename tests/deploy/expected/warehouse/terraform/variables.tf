# Written by `warehouse export --template terraform`, which writes it anew when the workflows have changed.

variable "name" {
  type        = string
  description = "What the names of all resources begin with"
  default     = "warehouse"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,58}$", var.name))
    error_message = "It must have at most 58 letters, digits, hyphens and underscores."
  }
}

variable "charts_function_arn" {
  type        = string
  description = "What the constant CHARTS stands for; in a native run it is charts"

  validation {
    condition     = can(regex("^arn:.+$", var.charts_function_arn))
    error_message = "It must match ^arn:.+$."
  }
}

variable "goods_bucket_name" {
  type        = string
  description = "What the constant GOODS_BUCKET stands for; in a native run it is goods"
}

variable "order_state_machine_arn" {
  type        = string
  description = "The ARN of the state machine of Order, which is not deployed along"

  validation {
    condition     = can(regex("^arn:.+$", var.order_state_machine_arn))
    error_message = "It must match ^arn:.+$."
  }
}

variable "shortages_queue_arn" {
  type        = string
  description = "The ARN of the queue whose URL is ShortagesQueueUrl"

  validation {
    condition     = can(regex("^arn:.+$", var.shortages_queue_arn))
    error_message = "It must match ^arn:.+$."
  }
}

variable "shortages_queue_url" {
  type        = string
  description = "What the constant SHORTAGES_QUEUE stands for; in a native run it is http://localhost:9324/shortages"

  validation {
    condition     = can(regex("^https?://.+$", var.shortages_queue_url))
    error_message = "It must match ^https?://.+$."
  }
}

variable "suppliers_database_url" {
  type        = string
  description = "Where the suppliers' addresses are"
}

variable "take_stock_ask_endpoints" {
  type        = list(string)
  description = "The URLs that the state Ask of TakeStock may call, in which * stands for anything, with commas between them"
}

variable "take_stock_find_list_bucket_arns" {
  type        = list(string)
  description = "What s3:ListBucket may be done to in the state Find of TakeStock: ARNs with commas between them"
}

variable "take_stock_forecast_policy_arn" {
  type        = string
  description = "A managed policy that allows what mediaconvert:createJob.sync takes in the state Forecast of TakeStock"

  validation {
    condition     = can(regex("^arn:.+$", var.take_stock_forecast_policy_arn))
    error_message = "It must match ^arn:.+$."
  }
}

variable "task_function_memory_size" {
  type        = number
  description = "How many megabytes of memory the function behind the tasks has, and with them a share of a processor"
  default     = 256

  validation {
    condition     = var.task_function_memory_size >= 128 && var.task_function_memory_size <= 10240
    error_message = "A function has from 128 to 10240 megabytes."
  }
}

variable "task_function_policy_arns" {
  type        = list(string)
  description = "Managed policies that allow what the tasks do on AWS, as ARNs"
  default     = []
}

variable "task_function_environment" {
  type        = map(string)
  description = "More environment variables of the function behind the tasks"
  default     = {}
}

variable "log_execution_data" {
  type        = bool
  description = "Whether logs have inputs and outputs of states in them"
  default     = false
}

variable "log_retention_in_days" {
  type        = number
  description = "For how many days logs are kept"
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_in_days)
    error_message = "CloudWatch keeps logs for one of these numbers of days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}
