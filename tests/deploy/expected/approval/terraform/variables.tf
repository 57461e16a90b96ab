# Written by `approval export --template terraform`, which writes it anew when the workflows have changed.

variable "name" {
  type        = string
  description = "What the names of all resources begin with"
  default     = "approval"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,58}$", var.name))
    error_message = "It must have at most 58 letters, digits, hyphens and underscores."
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
  description = "The environment variables of the function behind the tasks"
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
