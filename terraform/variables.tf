variable "regions" {
  description = "The regions that the product may read and change: those of aws.regions in smartcloudops.yaml."
  type        = list(string)

  validation {
    condition     = length(var.regions) > 0
    error_message = "Name at least one region."
  }
}

variable "reader_principals" {
  description = "ARNs that may take on the reader's role: where the product runs with --role ingress,agent."
  type        = list(string)
}

variable "writer_principals" {
  description = "ARNs that may take on the writer's role: where the product runs with --role executor, and nothing else."
  type        = list(string)
}

variable "required_tag" {
  description = "The tag without which nothing may be changed: required_tag in smartcloudops.yaml."
  type        = object({ key = string, value = string })
  default     = { key = "smartcloudops", value = "managed" }
}

variable "name_prefix" {
  description = "What the names of the roles begin with."
  type        = string
  default     = "smartcloudops"
}

variable "create_roles" {
  description = "False where only the documents of another region are to be made: roles exist once in an account."
  type        = bool
  default     = true
}
