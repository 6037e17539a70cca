package ai.paybond.kit.springai.autoconfigure.journal;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.PaybondProperties;
import javax.sql.DataSource;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * The journal of guarded calls: in the application's {@link DataSource} if that is PostgreSQL, otherwise in a file, and in
 * memory only when told to. Opened when the session is; steps back for a {@link CallJournal} bean.
 */
@AutoConfiguration(
        before = PaybondAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration"
        })
@ConditionalOnClass({Paybond.class, ToolCallingManager.class})
@EnableConfigurationProperties(PaybondProperties.class)
public class PaybondJournalAutoConfiguration {

    /** The code of a journal for which no data source can be chosen, or one that is not PostgreSQL. */
    public static final String NO_DATA_SOURCE = "springai.journal_data_source";

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    CallJournal paybondJournal(PaybondProperties properties, ObjectProvider<DataSource> sources, BeanFactory beans) {
        return new JournalStore(properties.journal(), sources, beans).open();
    }
}
