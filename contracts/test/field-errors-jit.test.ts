// The same promises with decoders compiled at run time, as the services run them. The switch has to come first.
import "effect/schema/SchemaJITCompiler/enable"
import "./field-errors.test.ts"
