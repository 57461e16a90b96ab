# Written by `batch export --template terraform`, which writes it anew when the workflows have changed.

output "task_function_arn" {
  description = "The function behind the tasks"
  value       = aws_lambda_function.task_function.arn
}

output "task_function_role_arn" {
  description = "The role of the function behind the tasks"
  value       = aws_iam_role.task_function.arn
}

output "digest_documents_state_machine_arn" {
  description = "The state machine of DigestDocuments"
  value       = aws_sfn_state_machine.digest_documents.arn
}

output "poll_service_state_machine_arn" {
  description = "The state machine of PollService"
  value       = aws_sfn_state_machine.poll_service.arn
}
