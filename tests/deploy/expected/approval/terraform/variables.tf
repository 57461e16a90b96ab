# Written by `approval export --template terraform`, which writes it anew when the workflows have changed.

variable "name" {
  type        = string
  description = "What the names of all resources begin with"
  default     = "approval"
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
}
