# Written by `warehouse export --template terraform`, which writes it anew when the workflows have changed.

output "task_function_arn" {
  description = "The function behind the tasks"
  value       = aws_lambda_function.task_function.arn
}

output "task_function_role_arn" {
  description = "The role of the function behind the tasks"
  value       = aws_iam_role.task_function.arn
}

output "look_at_shelves_activity_arn" {
  description = "The activity look-at-shelves, for its workers"
  value       = aws_sfn_activity.look_at_shelves.id
}

output "take_stock_state_machine_arn" {
  description = "The state machine of TakeStock"
  value       = aws_sfn_state_machine.take_stock.arn
}

output "count_state_machine_arn" {
  description = "The state machine of Count"
  value       = aws_sfn_state_machine.count.arn
}
